package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.People;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;

/** Whom names stand for when they are released. */
class OidcSubjectsTest {

    private static final ByWhom BY = new ByWhom("administrator", "left the city");
    private static final String ISSUER = "https://login.city.example";

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static OidcSubjects subjects;
    private static LookRequests requests;
    private static People people;

    @BeforeAll
    static void start() throws Exception {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
        AuditLog audit = new AuditLog(
                pools.settlement().sql(),
                pools.settlement().transaction(),
                line -> assertThat(line.actor()).isNotEmpty());
        subjects = new OidcSubjects(pools, audit);
        requests = new LookRequests(pools, audit);
        people = new People(pools.console().sql());
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void letNobodyBeTheSecondPersonOfHisOwnActsUnderHisNextName() {
        come("s-1", "wang");
        requests.ask("oidc:wang", "seen in a test");

        subjects.release(BY, "wang");
        come("s-1", "wang-li");
        come("s-2", "other");

        UUID asked = requests.open().get(0).id();
        assertThat(requests.decide("oidc:wang-li", asked, true)).isEqualTo("own");
        assertThat(requests.decide("oidc:other", asked, true)).isEmpty();
        assertThat(people.mayBeOne("oidc:WANG-LI", "oidc:wang")).isTrue();
        assertThat(people.mayBeOne("wang", "oidc:wang-li"))
                .as("a local user of the name that was released")
                .isTrue();
    }

    @Test
    void takeTheNextOwnersOfANameForTwoHumansOnceBothHaveOthers() {
        come("s-3", "desk");
        subjects.release(BY, "desk");
        come("s-3", "gone-on");
        come("s-4", "desk");

        assertThat(people.mayBeOne("oidc:desk", "oidc:gone-on"))
                .as("what the first did under it")
                .isTrue();
        subjects.release(BY, "desk");
        come("s-4", "gone-on-too");

        assertThat(people.mayBeOne("oidc:gone-on", "oidc:gone-on-too")).isFalse();
    }

    @Test
    void endWhatALoginGaveByALaterOneARefusedOneAndARelease() {
        ConsoleUser first = come("s-5", "zhao");
        assertThat(subjects.lasts(first)).isTrue();
        ConsoleUser later = come("s-5", "zhao");
        assertThat(subjects.lasts(first)).isFalse();
        assertThat(subjects.lasts(later)).isTrue();

        subjects.endLogin("oidc:zhao");

        assertThat(subjects.lasts(later)).isFalse();
        ConsoleUser last = come("s-5", "zhao");
        subjects.release(BY, "zhao");
        come("s-6", "zhao");
        assertThat(subjects.lasts(last)).as("under the next owner's name").isFalse();
    }

    private static ConsoleUser come(String subject, String claimed) {
        String name = subjects.name(ISSUER, subject, claimed);
        return new ConsoleUser("oidc:" + name, "", Set.of(Role.VIEWER), null, true, null, false)
                .ofLogin(subjects.keep(ISSUER, subject, name));
    }
}
