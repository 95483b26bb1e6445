package org.shuniu.translator;

import java.util.List;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnersRefused;

/** Checks at start that whatever goes to a partner in files is written in rows of one format. */
public final class BatchFormatCheck {

    private BatchFormatCheck() {}

    /** @throws PartnersRefused with every partner of whom that is not true */
    public static void check(PartnerDirectory partners, Mappings mappings) {
        List<Fault> faults = partners.all().stream()
                .filter(partner -> partner.files().isPresent())
                .map(Partner::id)
                .filter(partner -> !mappings.sharesOneRowFormat(partner))
                .map(partner -> new Fault(
                        mappings.file(partner, "").toString(),
                        0,
                        "codec",
                        "found codecs that differ or write no rows",
                        "the same codec, csv or fixed-width, in every .out.yaml"))
                .toList();
        if (!faults.isEmpty()) {
            throw new PartnersRefused(faults);
        }
    }
}
