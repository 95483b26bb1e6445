package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class DocumentSchemasTest {
    private final DocumentSchemas schemas = DocumentSchemas.load(Path.of("mappings"));

    @Test
    void acceptsAnApplicationWithFieldsItDoesNotKnow() {
        assertThat(schemas.check("application", Applications.online())).isEmpty();
    }

    @Test
    void knowsTheNamesOfItsFieldsHoweverDeep() {
        assertThat(schemas.names())
                .contains("materials", "idNumber", "postcode", "form")
                .doesNotContain("remark", "properties");
    }

    @Test
    void reportsAllFindingsTogetherWithPointerRuleKindAndExpectation() {
        ObjectNode application = Applications.online();
        application.put("itemCode", "31200025000");
        application.put("channel", 2);
        application.remove("applicationTime");
        ((ObjectNode) application.get("applicant")).put("name", "");
        ((ObjectNode) application.at("/materials/0/attachment")).put("digest", "sha256:ABC");

        assertThat(schemas.check("application", application))
                .extracting(Finding::pointer)
                .contains(
                        "/itemCode",
                        "/channel",
                        "/applicationTime",
                        "/applicant/name",
                        "/materials/0/attachment/digest");
        assertThat(schemas.check("application", application))
                .contains(
                        new Finding("/applicationTime", "required", "nothing", "a value"),
                        new Finding(
                                "/itemCode", "pattern", "string of 11 characters", "a string that matches ^[0-9]{12}$"),
                        new Finding("/channel", "type", "number", "a value of type string"));
    }

    @Test
    void neverSaysTheValueItself() {
        ObjectNode application = Applications.online();
        ((ObjectNode) application.get("applicant")).put("idNumber", "SECRET-SECRET-SECRET");
        ((ObjectNode) application.get("applicant")).put("postcode", "SECRET");
        ((ObjectNode) application.get("applicant")).put("type", "SECRET");

        assertThat(schemas.check("application", application))
                .hasSize(3)
                .allSatisfy(it -> assertThat(it.toString()).doesNotContain("SECRET"));
    }

    @Test
    void takesTheRealLengthsAndCountsCharactersNotUnits() {
        ObjectNode application = Applications.online();
        ((ObjectNode) application.get("applicant")).put("name", "𬭊".repeat(100));
        application.put("senderCaseNo", "n".repeat(50));
        assertThat(schemas.check("application", application)).isEmpty();

        ((ObjectNode) application.get("applicant")).put("name", "𬭊".repeat(101));
        application.put("senderCaseNo", "n".repeat(51));
        assertThat(schemas.check("application", application))
                .extracting(Finding::pointer, Finding::found)
                .containsExactlyInAnyOrder(
                        tuple("/applicant/name", "string of 101 characters"),
                        tuple("/senderCaseNo", "string of 51 characters"));
    }

    @Test
    void refusesALineBreakBehindAPattern() {
        ObjectNode application = Applications.online();
        application.put("itemCode", "312000250000\n");

        assertThat(schemas.check("application", application)).hasSize(1);
    }

    @Test
    void refusesNamesOfBlanksAndControlCharacters() {
        for (String name : new String[] {" ", "　", "张\n三", "张\u0007"}) {
            ObjectNode application = Applications.online();
            ((ObjectNode) application.get("applicant")).put("name", name);

            assertThat(schemas.check("application", application)).hasSize(1);
        }
    }

    @Test
    void refusesADocumentThatIsNoObject() {
        assertThat(schemas.check("application", new DocumentReader().read("[]".getBytes())))
                .containsExactly(new Finding("", "type", "array of 0", "a value of type object"));
    }

    @Test
    void checksTheFormatOfIds() {
        ObjectNode result = Applications.tree("""
                {"caseNo":"310000-1","status":"60","resultTime":"2026112410:15:00","outcome":{"description":"通过"},
                 "messageId":"not a uuid"}
                """);
        assertThat(schemas.check("result", result))
                .extracting(Finding::pointer, Finding::rule)
                .containsExactly(tuple("/messageId", "format"));

        result.put("messageId", "0193cf6e-7a3b-7000-8000-0123456789ab");
        assertThat(schemas.check("result", result)).isEmpty();
    }

    @Test
    void acceptsTheSmallestOfTheOtherDocuments() {
        assertThat(schemas.check("supplement", Applications.tree("{\"supplementTime\":\"20261124101500\"}")))
                .isEmpty();
        assertThat(schemas.check(
                        "withdrawal",
                        Applications.tree("{\"withdrawalTime\":\"20261124T101500\",\"reason\":\"不需要了\"}")))
                .isEmpty();
        assertThat(schemas.check(
                        "status",
                        Applications.tree("{\"caseNo\":\"1\",\"status\":\"40\",\"statusTime\":\"20261124T101500\"}")))
                .isEmpty();
    }

    @Test
    void listsAHundredFindingsAtMost() {
        ObjectNode application = Applications.online();
        for (int i = 0; i < 5_000; i++) {
            application.withArray("materials").addObject();
        }

        assertThat(schemas.check("application", application)).hasSize(100);
    }

    @Test
    void findsNumbersOutOfBoundsHoweverLarge() {
        for (String copies : new String[] {"100", "-1", "1.5", "1e400", "-1e400", "99999999999999999999999"}) {
            String material = "{\"materials\":[{\"copies\":" + copies + "}]}";

            assertThat(schemas.check("application", new DocumentReader().read(material.getBytes())))
                    .extracting(Finding::pointer)
                    .contains("/materials/0/copies");
        }
    }

    @Test
    void pointsAtEachMissingProperty() {
        assertThat(schemas.check("withdrawal", Applications.tree("{}")))
                .extracting(Finding::pointer)
                .containsExactlyInAnyOrder("/withdrawalTime", "/reason");
    }

    @Test
    void refusesAnUnknownDocument() {
        assertThatThrownBy(() -> schemas.check("postcard", Applications.online()))
                .hasMessageContaining("postcard");
    }

    @Test
    void namesTheFileOfABrokenSchema(@TempDir Path mappings) throws IOException {
        Path canonical = Files.createDirectory(mappings.resolve("canonical"));
        Files.writeString(canonical.resolve("application.schema.json"), "{\"$ref\":\"urn:shuniu:canonical:gone\"}");

        assertThatThrownBy(() -> DocumentSchemas.load(mappings)).hasMessageContaining("application.schema.json");
    }
}
