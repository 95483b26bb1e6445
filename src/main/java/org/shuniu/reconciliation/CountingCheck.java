package org.shuniu.reconciliation;

import java.util.ArrayList;
import java.util.List;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Verdict;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnersRefused;

/** Checks at start that what a partner counts can be asked for and read. */
public final class CountingCheck {

    private static final String BLOCK = "reconciliation";

    private CountingCheck() {}

    /** @throws PartnersRefused with every partner that lacks a mapping */
    public static void check(PartnerDirectory partners, Mappings mappings) {
        List<Fault> faults = new ArrayList<>();
        for (Partner partner : partners.all()) {
            // A region is counted by its manifests, which need no mapping.
            if (partner.counting().isPresent() && !partner.protocol().equals("chx")) {
                check(partner, partners, mappings, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new PartnersRefused(faults);
        }
    }

    private static void check(Partner partner, PartnerDirectory partners, Mappings mappings, List<Fault> faults) {
        if (!mappings.verdicts(partner.id(), Tally.MAPPING).contains(Verdict.DELIVERED)) {
            faults.add(partners.fault(
                    partner.id(),
                    BLOCK,
                    "found no mapping count.in.yaml with is: delivered",
                    "one that writes a tally"));
        }
        boolean asked =
                !partner.protocol().equals("table") && !partner.protocol().equals("sftp");
        if (asked && !mappings.outgoing(partner.id()).contains("count")) {
            faults.add(partners.fault(
                    partner.id(), BLOCK, "found no mapping count.out.yaml", "one that writes the question"));
        }
    }
}
