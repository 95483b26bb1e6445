package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.Finding;
import org.shuniu.intake.SubmissionRefused;

/** Each province names items and divisions as it is agreed with it for the day. */
class RegionCodesTest {

    private final RegionCodes codes = new RegionCodes(
            Catalogue.load(Path.of("mappings")), Clock.fixed(Instant.parse("2026-11-26T04:00:00Z"), ZoneOffset.UTC));

    private String read(String document) {
        return new String(codes.read("jiangsu", document.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void putsTheHubsOwnCodesInTheirPlace() {
        assertThat(
                        read(
                                "{\"itemCode\":\"CSJ312090039000\",\"applicant\":{\"division\":\"310101002\"},\"form\":{\"a\":1}}"))
                .isEqualTo(
                        "{\"itemCode\":\"312090039000\",\"applicant\":{\"division\":\"310101002\"},\"form\":{\"a\":1}}");
        assertThat(read("{\"applicationTime\":\"20201231T120000\",\"applicant\":{\"division\":\"320721\"}}"))
                .contains("\"division\":\"320707\"");
    }

    @Test
    void keepsEveryDigitOfWhatWasSigned() {
        String document = "{\"itemCode\":\"312090039000\",\"form\":{\"a\":12345678901234567890.10,\"b\":1E+399}}";

        assertThat(read(document.replace("312090039000", "CSJ312090039000"))).isEqualTo(document);
    }

    @Test
    void saysWhatIsNotAgreedForTheDayAndWhoseFaultItIs() {
        SubmissionRefused refused = catchThrowableOfType(
                SubmissionRefused.class,
                () -> read("{\"itemCode\":\"312090039000\",\"applicant\":{\"division\":\"320721\"}}"));

        assertThat(refused.problem().name()).isEqualTo("check-failed");
        assertThat(refused.problem().title()).startsWith("The sender names");
        assertThat(refused.problem().findings())
                .containsExactly(
                        new Finding(
                                "/itemCode",
                                "region-item",
                                "the code 312090039000",
                                "a region_code of jiangsu in mappings/catalogue/region-items.csv, in force on 2026-11-26"),
                        new Finding(
                                "/applicant/division",
                                "region-division",
                                "the code 320721",
                                "a region_code of jiangsu in mappings/catalogue/region-divisions.csv, in force on 2026-11-26"));
    }

    @Test
    void leavesWhatIsNoCodeToTheDocumentsOwnChecks() {
        assertThat(read("{\"itemCode\":\"1\",\"applicant\":{\"division\":7}}"))
                .isEqualTo("{\"itemCode\":\"1\",\"applicant\":{\"division\":7}}");
        assertThat(read("{\"itemCode\":[],\"applicant\":\"x\"}")).contains("[]");
    }
}
