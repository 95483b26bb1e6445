package org.shuniu.translator;

import java.time.LocalDate;
import java.util.List;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.JointPart;
import org.shuniu.catalogue.RegionCatalogue;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.MappingFailed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Names items and divisions in what goes to a region as it is agreed with that region for the day. */
final class RegionNames {

    private final Catalogue catalogue;
    private final String partner;
    private final RegionCatalogue agreed;
    private final LocalDate today;

    /** @param day for which documents are written that name no day of application */
    RegionNames(Catalogue catalogue, String partner, LocalDate day) {
        this.catalogue = catalogue;
        this.partner = partner;
        this.agreed = catalogue.region(partner);
        this.today = day;
    }

    /**
     * @param envelope the tree that the mapping will read
     * @throws MappingFailed for what is not agreed
     */
    void rename(ObjectNode envelope, String operation) {
        JsonNode document = envelope.path("document");
        // Both sides look up what is agreed for the day of application, however long the document travels.
        LocalDate day =
                CaseTimes.day(document.path("applicationTime").asString("")).orElse(today);
        if (operation.equals("application") && document instanceof ObjectNode application) {
            String code = envelope.path("case").path("itemCode").asString("");
            List<JointPart> joint = catalogue.jointParts(code, day);
            String theirs = agreed.item(code, day)
                    .orElseThrow(() -> failed(operation, "itemCode", code, "region-items.csv", day))
                    .regionCode();
            application.put("itemCode", theirs);
            way(((ObjectNode) envelope.get("case")).put("itemCode", theirs), !joint.isEmpty());
        }
        if (document.path("applicant") instanceof ObjectNode applicant && applicant.has("division")) {
            String code = applicant.path("division").asString("");
            applicant.put(
                    "division",
                    agreed.division(code, day)
                            .orElseThrow(
                                    () -> failed(operation, "applicant.division", code, "region-divisions.csv", day)));
        }
    }

    /** By which of the ways of 跨省通办 it comes, and which window received it (set {@code delta-mode} of case-status.csv). */
    private static void way(ObjectNode target, boolean joint) {
        boolean atCounter = target.path("channel").asString("").equals("1") && target.hasNonNull("receivingCentre");
        target.put("way", joint ? "3" : atCounter ? "2" : "1");
        if (atCounter) {
            ObjectNode window = target.putObject("window");
            window.set("code", target.get("receivingCentre"));
            window.set("name", target.get("receivingCentreName"));
        }
    }

    /** Both are codes that intake has found in the catalogue, and may be shown. */
    private MappingFailed failed(String operation, String target, String code, String file, LocalDate day) {
        return new MappingFailed(
                "%s/%s.out".formatted(partner, operation),
                "row %s: no code of the region for %s on %s; expected a line of mappings/catalogue/%s in force then"
                        .formatted(target, code, day, file));
    }
}
