package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;

class CorrectedRowsTest {

    private static final UUID CORRECTION = UUID.fromString("0194f000-0000-7000-8000-00000012ab9f");

    @Test
    void haveKeysOfTheirOwnAndAllElseAsItIs() {
        JsonNode rows = Json.MAPPER.readTree("""
                [{"row_guid": "0194f000-0000-7000-8000-000000000077-1", "document_guid": "0194f000-0000-7000-8000-000000000077",
                  "case_no": "3120261124000000123", "batch": "0194f000000070008000000000000077"}]""");

        assertThat(CorrectedRows.of(rows, CORRECTION)).isEqualTo(Json.MAPPER.readTree("""
                [{"row_guid": "0194f000-0000-7000-8000-000000000077-1~12ab9f", "document_guid": "0194f000-0000-7000-8000-000000000077~12ab9f",
                  "case_no": "3120261124000000123", "batch": "0194f000000070008000000000000077"}]"""));
        assertThat(rows.toString()).as("what is translated stays").doesNotContain("~");
    }

    @Test
    void haveABatchOfTheirOwnThatIsAsLong() {
        JsonNode rows = Json.MAPPER.readTree("""
                [{"row_guid": "0194f000-0000-7000-8000-000000000077-1", "project_no": "3120261124000000123",
                  "cd_batch": "0194f000000070008000000000000077"}]""");

        assertThat(CorrectedRows.of(rows, CORRECTION).path(0).path("cd_batch").asString())
                .isEqualTo("0194f00000007000800000000012ab9f");
    }

    @Test
    void keepABatchThatIsNotNamedByTheMessage() {
        JsonNode rows = Json.MAPPER.readTree(
                "[{\"row_guid\": \"0194f000-0000-7000-8000-000000000077\", \"cd_batch\": \"B1\"}]");

        assertThat(CorrectedRows.of(rows, CORRECTION).path(0).path("cd_batch").asString())
                .isEqualTo("B1");
    }

    @ParameterizedTest
    @CsvSource({
        "0194f000-0000-7000-8000-000000000077~12ab9f, 0194f000-0000-7000-8000-000000000077",
        "0194f000000070008000000000000077~12ab9f, 0194f000000070008000000000000077",
        "0194f000-0000-7000-8000-000000000077-12~12ab9f, 0194f000-0000-7000-8000-000000000077-12",
        "0194f000-0000-7000-8000-000000000077, 0194f000-0000-7000-8000-000000000077",
        "about 0194f000-0000-7000-8000-000000000077~12ab9f, about 0194f000-0000-7000-8000-000000000077~12ab9f",
        "5~12ab9f, 5~12ab9f"
    })
    void areOfTheMessageWhoseKeyTheyHave(String said, String known) {
        assertThat(CorrectedRows.unmarked(said)).isEqualTo(known);
    }
}
