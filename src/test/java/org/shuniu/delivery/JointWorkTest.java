package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.joint.CasePart;
import org.shuniu.joint.JointCases;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Delivery;
import org.shuniu.store.MessageStore;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.Vault;

class JointWorkTest {

    /** Item of joint-items.csv. */
    private static final String ITEM = "312090039000";

    private static final String HERE = "healthcare-security";
    private static final String THERE = "jiangsu";
    private static final Instant NOW = Instant.parse("2026-11-24T02:15:00Z");

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final JointCases cases = new JointCases(pools.settlement().sql(), Catalogue.load(Path.of("mappings")));
    private final JointWork work = new JointWork(
            cases, new MessageStore(pools.settlement().sql()), Vault.of(Map.of(1, new byte[32]), 1, new byte[32]), NOW);

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void waitsForTheApplicantUntilWhoAskedSaysOtherwise(TestInfo test) {
        CaseFile file = sideBySide(test);
        assertThat(says(file, THERE, "42").isOfTheCase()).isTrue();
        CaseFile asked = file.inStatus("42", NOW);

        assertThat(says(asked, HERE, "40").note()).isEqualTo(JointWork.ANOTHER_ASKS);
        JointWork.Part passed = gives(asked, HERE, "60");

        assertThat(passed.note()).isEqualTo(JointWork.PASSED);
        assertThat(passed.file().status()).isEqualTo("42");
        assertThat(passed.file().receiver()).isEqualTo(THERE);
        assertThat(says(passed.file(), THERE, "40").isOfTheCase()).isTrue();
        assertThat(gives(passed.file().inStatus("40", NOW), THERE, "60").isOfTheCase())
                .isTrue();
    }

    @Test
    void doesNotWaitAnyMoreForWhatWasPaid(TestInfo test) {
        CaseFile file = sideBySide(test);
        says(file, THERE, "50");

        JointWork.Part passed = gives(file.inStatus("51", NOW), HERE, "60");

        assertThat(passed.file().status()).isEqualTo("40");
    }

    @Test
    void hearsHowTheResultOfTheCaseIsHandedOverAndNothingElse(TestInfo test) {
        CaseFile file = sideBySide(test);
        gives(file, HERE, "60");
        assertThat(work.isOver(file, THERE)).isFalse();
        gives(file, THERE, "60");
        CaseFile decided = file.inStatus("60", NOW).withResult(resultOf(file, THERE));

        assertThat(work.isOver(decided, THERE)).isFalse();
        assertThat(work.isOver(decided, HERE)).isTrue();
        assertThat(says(decided, THERE, "70").isOfTheCase()).isTrue();
    }

    @Test
    void endsWithARefusalThatIsNoResult(TestInfo test) {
        CaseFile file = sideBySide(test);

        JointWork.Part refused = says(file, THERE, "31");

        assertThat(refused.isOfTheCase()).isTrue();
        assertThat(refused.also())
                .extracting(Delivery::receiver, Delivery::document)
                .containsExactly(tuple(HERE, "withdrawal"));
        CaseFile ended = file.inStatus("31", NOW);
        assertThat(work.isOver(ended, HERE)).isTrue();
        assertThat(work.isOver(ended, THERE)).isFalse();
        assertThat(gives(ended, THERE, "31").isOfTheCase()).isTrue();
    }

    @Test
    void knowsWhoIsAtWork(TestInfo test) {
        CaseFile file = sideBySide(test);

        gives(file, HERE, "60");

        assertThat(work.isAtWork(file, THERE)).isTrue();
        assertThat(work.isAtWork(file, HERE)).isFalse();
    }

    private JointWork.Part says(CaseFile file, String office, String status) {
        return within(() -> work.take(file, office, message("status", file, office), status));
    }

    private JointWork.Part gives(CaseFile file, String office, String status) {
        return within(() -> work.take(file, office, message("result", file, office), status));
    }

    private static <T> T within(Supplier<T> action) {
        return pools.settlement().transaction().execute(status -> action.get());
    }

    private static StoredMessage message(String document, CaseFile file, String office) {
        UUID id = document.equals("result") ? resultOf(file, office) : UUID.randomUUID();
        return new StoredMessage(id, office, document, file.caseNo(), null, new byte[0], new byte[32], NOW, null);
    }

    private static UUID resultOf(CaseFile file, String office) {
        return UUID.nameUUIDFromBytes((file.caseNo() + office).getBytes());
    }

    private CaseFile sideBySide(TestInfo test) {
        CaseFile file = new CaseFile(
                test.getTestMethod().orElseThrow().getName(),
                "sender",
                ITEM,
                null,
                THERE,
                "2",
                "30",
                null,
                null,
                null,
                THERE,
                null,
                UUID.randomUUID(),
                NOW,
                NOW,
                null);
        List<CasePart> parts = List.of(part(1, THERE), part(2, HERE));
        within(() -> {
            cases.begin(file.caseNo(), parts);
            return parts;
        });
        return file;
    }

    private static CasePart part(int number, String office) {
        return new CasePart(number, 1, office, CasePart.State.OPEN, null, NOW, null);
    }
}
