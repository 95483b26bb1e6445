package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenPlacesTest {

    private static final Path SCHEMAS = Path.of("mappings/canonical");

    @ParameterizedTest
    @CsvSource({
        "application, itemCode, 312000250000, true",
        "application, itemCode, 18817326541, false",
        "application, form.itemCode, 312000250000, false",
        "application, applicant.type, 1, false",
        "application, caseNo, 3120261124000000123, true",
        "application, caseNo, 310115198803124726, false",
        "result, status, 60, true",
        "result, status, 离异, false",
        "result, applicationTime, 20261124, false",
        "progress, steps.at, 2026-11-24T10:15:00+08:00, true",
        "progress, turn.office, 310101, false",
        "receipt, kind, parked, true",
        "query, status, 60, false"
    })
    void openWhatStandsWhereItBelongsAndLooksLikeIt(String document, String place, String value, boolean open) {
        assertThat(OpenPlaces.isOpen(document, place, value)).isEqualTo(open);
    }

    @Test
    void takeNoNameWithADotForAPlaceFurtherIn() {
        String place = OpenPlaces.below("", "turn.holder");

        assertThat(OpenPlaces.isOpen("progress", place, "office")).isFalse();
        assertThat(OpenPlaces.isOpen("progress", OpenPlaces.below(OpenPlaces.below("", "turn"), "holder"), "office"))
                .isTrue();
    }

    /** A rule for what no document has would open what its sender puts there. */
    @Test
    void areAllInTheSchemasWithEveryCodeThatTheseList() throws IOException {
        for (var document : OpenPlaces.all().entrySet()) {
            JsonNode schema = schema(document.getKey());
            for (var place : document.getValue().entrySet()) {
                JsonNode field = at(schema, place.getKey());
                assertThat(field.isObject())
                        .as("%s has %s", document.getKey(), place.getKey())
                        .isTrue();
                for (JsonNode code : field.path("enum")) {
                    assertThat(code.asString()).matches(place.getValue());
                }
            }
        }
    }

    @Test
    void openNoFreeText() {
        OpenPlaces.all().values().stream()
                .flatMap(places -> places.values().stream())
                .map(Pattern::pattern)
                .forEach(looks -> assertThat("测试甲").doesNotMatch(looks));
    }

    private static JsonNode schema(String document) throws IOException {
        return new JsonMapper().readTree(Files.readString(SCHEMAS.resolve(document + ".schema.json")));
    }

    private static JsonNode at(JsonNode schema, String place) {
        JsonNode at = schema;
        for (String name : place.split("\\.")) {
            JsonNode within = at.has("items") ? at.path("items") : at;
            at = within.path("properties").path(name);
        }
        return at;
    }
}
