package org.shuniu.document;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Item;

/** What must be true of an application by the catalogue as it stood on the day of application. */
final class ApplicationChecks {
    private static final String COUNTER = "1";
    private static final String PREREVIEW_CHANNELS = "[123]";

    private final Catalogue catalogue;
    private final Findings findings;
    private final LocalDate on;

    ApplicationChecks(Catalogue catalogue, Findings findings, LocalDate on) {
        this.catalogue = catalogue;
        this.findings = findings;
        this.on = on;
    }

    void check() {
        if (findings.has("/itemCode")) {
            item();
        }
        centre();
        continuedCase();
        division();
    }

    private void item() {
        String code = findings.text("/itemCode");
        Optional<Item> item = catalogue.item(code, on);
        if (item.isPresent()) {
            channel(item.get());
        } else if (catalogue.knowsItem(code)) {
            findings.add("/itemCode", "item-not-in-force", "an item that can be applied for on the day of application");
        } else {
            findings.add("/itemCode", "item-unknown", "an item of items.csv");
        }
    }

    private void channel(Item item) {
        boolean allowed = item.mode() == Item.Mode.ONLINE
                || !findings.has("/channel")
                || findings.text("/channel").matches(PREREVIEW_CHANNELS);
        findings.unless(
                allowed,
                "/channel",
                "channel",
                "1 (counter), or 2 or 3 (web or mobile) for a pre-review: this item needs a counter visit");
    }

    private void centre() {
        if (findings.has("/receivingCentre")) {
            findings.unless(
                    catalogue.centre(findings.text("/receivingCentre"), on).isPresent(),
                    "/receivingCentre",
                    "centre-unknown",
                    "a centre of centres.csv, open on the day of application");
        } else if (findings.text("/channel").equals(COUNTER) && !findings.isObject("/window")) {
            findings.add("/receivingCentre", "required", "the centre where the counter is, as channel is 1");
        }
    }

    private void continuedCase() {
        boolean atCounter = findings.text("/channel").equals(COUNTER);
        findings.unless(
                atCounter || !findings.has("/caseNo"),
                "/caseNo",
                "channel",
                "no case number, or channel 1: only a counter visit continues a case");
    }

    private void division() {
        String pointer = "/applicant/division";
        if (findings.has(pointer)) {
            String code = findings.text(pointer);
            List<String> meant = catalogue.foreignDivision(code, on);
            findings.unless(
                    catalogue.coversDivision(code, on),
                    pointer,
                    "division-unknown",
                    "a district or street that exists on the day of application"
                            + (meant.isEmpty() ? "" : "; another system's code for " + String.join(", ", meant)));
        }
    }
}
