package org.shuniu.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.delivery.Attempt;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFile;
import org.springframework.mock.env.MockEnvironment;

/** What leaves is what is declared for the receiver and the item on the day on which it leaves. */
class WritingTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final String ABOUT_INSURANCE = "312099069000";
    private static final String ANOTHER = "312000250000";
    private static final String DECLARED = "mappings/zhejiang/allowed-fields.csv";

    @TempDir
    private Path directory;

    private Catalogue catalogue;

    @BeforeEach
    void prepare() {
        Workplace.prepare(directory);
        catalogue = Catalogue.load(directory.resolve("mappings"));
    }

    @Test
    void aFieldLeavesOnlyForTheItemsForWhichItIsDeclared() {
        assertThat(sent(ABOUT_INSURANCE)).contains("insuredDivision", "330112");
        assertThat(sent(ANOTHER)).doesNotContain("insuredDivision", "330112");
    }

    @Test
    void whatNoSchemaKnowsDoesNotLeaveWithinWhatLeaves() {
        assertThat(sent(ANOTHER)).contains("测试甲").doesNotContain("stranger", "nobody knows it");
    }

    @Test
    void aFieldLeavesUntilTheLastDayOnWhichItIsDeclared() throws IOException {
        replace("document.form.remark,*,申请人的说明,《中华人民共和国个人信息保护法》第三十四条,2021-11-01,", "$02026-11-24");

        assertThat(sent(ANOTHER, DAY)).contains("示例");
        assertThat(sent(ANOTHER, DAY.plusDays(1))).doesNotContain("示例");
    }

    @Test
    void whatIsDeclaredNoMoreLeavesByNoOlderVersionEither() throws IOException {
        Mappings older = mappings();
        replace("document.itemVariant,*", "document.itemVariant,312000374000");

        assertThat(new Writing(partners(), older)
                        .again(attempt(ANOTHER), older, catalogue, DAY, DAY)
                        .body())
                .asString(StandardCharsets.UTF_8)
                .contains("V1");
        assertThat(written(new Writing(partners(), mappings()), ANOTHER, older, DAY))
                .asString(StandardCharsets.UTF_8)
                .doesNotContain("V1");
    }

    @Test
    void nothingLeavesWhereNothingIsDeclared() throws IOException {
        Files.delete(directory.resolve(DECLARED));

        assertThatThrownBy(() -> sent(ANOTHER))
                .isInstanceOf(MappingFailed.class)
                .hasMessageContaining("nothing may leave");
    }

    private String sent(String item) {
        return sent(item, DAY);
    }

    private String sent(String item, LocalDate day) {
        Mappings mappings = mappings();
        return new String(written(new Writing(partners(), mappings), item, mappings, day), StandardCharsets.UTF_8);
    }

    private byte[] written(Writing writing, String item, Mappings by, LocalDate leaves) {
        Attempt attempt = attempt(item);
        return writing.write(
                        attempt,
                        "application",
                        by,
                        writing.envelope(attempt, "application", catalogue, DAY),
                        new Days(DAY, leaves))
                .body();
    }

    private Mappings mappings() {
        return Mappings.load(directory.resolve("mappings"));
    }

    private PartnerDirectory partners() {
        return PartnerDirectory.load(
                directory.resolve("routes"),
                new MockEnvironment()
                                .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                                .withProperty("shuniu.simulator.listeners.archives", "1")
                                .withProperty(
                                        "shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x")
                        ::resolveRequiredPlaceholders);
    }

    /** {@code $0} stands for what is replaced. */
    private void replace(String from, String to) throws IOException {
        Path file = directory.resolve(DECLARED);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to.replace("$0", from)));
    }

    private static Attempt attempt(String item) {
        String document = """
                {"itemCode": "%s", "itemVariant": "V1", "applicationTime": "20261124T101459", "channel": "2",
                 "applicant": {"type": "1", "name": "测试甲", "idType": "111", "idNumber": "11010519491231002X",
                  "division": "330100", "stranger": "nobody knows it"},
                 "form": {"remark": "示例", "insuredDivision": "330112", "stranger": "nobody knows it"},
                 "stranger": {"deep": "nobody knows it"}}""".formatted(item);
        Instant at = Instant.parse("2026-11-24T02:15:00Z");
        CaseFile file = new CaseFile(
                "SN2026112400000001",
                "acceptance-platform",
                item,
                null,
                "zhejiang",
                "2",
                "40",
                null,
                null,
                null,
                "zhejiang",
                new byte[0],
                new UUID(0, 1),
                at,
                at,
                null);
        return new Attempt(
                new UUID(0, 2),
                new UUID(0, 1),
                "application",
                "zhejiang",
                1,
                0,
                false,
                null,
                new UUID(0, 0),
                at,
                file,
                document.getBytes(StandardCharsets.UTF_8),
                List.of(),
                Attempt.Terms.USUAL,
                null);
    }
}
