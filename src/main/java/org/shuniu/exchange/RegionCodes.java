package org.shuniu.exchange;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.RegionCatalogue;
import org.shuniu.catalogue.RegionItem;
import org.shuniu.document.CaseTimes;
import org.shuniu.document.Finding;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a region calls items and divisions by: in its documents the hub's own codes take the place of the region's. */
final class RegionCodes {

    private static final Pattern ITEM = Pattern.compile("[A-Z]{0,3}[0-9]{12}");
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}([0-9]{3})?");

    /** What is written again must be what was signed, to the last digit. */
    private static final ObjectReader EXACT = Json.MAPPER
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private final Catalogue catalogue;
    private final Clock clock;

    RegionCodes(Catalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * What is no code at all is left to the document's own checks.
     *
     * @throws SubmissionRefused for a code that is not agreed for the day
     */
    byte[] read(String partner, byte[] data) {
        ObjectNode document = (ObjectNode) EXACT.readTree(data);
        RegionCatalogue agreed = catalogue.region(partner);
        LocalDate day = day(document);
        List<Finding> findings = new ArrayList<>();
        String item = code(document, "itemCode", ITEM);
        if (item != null) {
            Optional<String> ours = agreed.itemNamed(item, day).map(RegionItem::item);
            ours.ifPresentOrElse(
                    code -> document.put("itemCode", code),
                    () -> findings.add(finding("/itemCode", "region-item", item, "region-items.csv", partner, day)));
        }
        JsonNode applicant = document.path("applicant");
        String division = code(applicant, "division", DIVISION);
        if (division != null) {
            Optional<String> ours = agreed.divisionWritten(division, day);
            ours.ifPresentOrElse(
                    code -> ((ObjectNode) applicant).put("division", code),
                    () -> findings.add(finding(
                            "/applicant/division", "region-division", division, "region-divisions.csv", partner, day)));
        }
        if (!findings.isEmpty()) {
            throw new SubmissionRefused(
                    new Problem("check-failed", 422, "The sender names what is not agreed for that day", findings));
        }
        return Json.bytes(document);
    }

    private static String code(JsonNode tree, String name, Pattern form) {
        String code = tree.path(name).asString("");
        return form.matcher(code).matches() ? code : null;
    }

    /** The day of application, or today. */
    private LocalDate day(ObjectNode document) {
        return CaseTimes.day(document.path("applicationTime").asString(""))
                .orElseGet(() -> LocalDate.ofInstant(clock.instant(), CaseTimes.SHANGHAI));
    }

    private static Finding finding(
            String pointer, String rule, String code, String file, String partner, LocalDate day) {
        return new Finding(
                pointer,
                rule,
                "the code " + code,
                "a region_code of %s in mappings/catalogue/%s, in force on %s".formatted(partner, file, day));
    }
}
