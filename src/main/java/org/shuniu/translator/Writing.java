package org.shuniu.translator;

import java.time.LocalDate;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.delivery.Attempt;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Rendered;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a document for its receiver: of the case only what that partner may have for the item, in that partner's format. */
public final class Writing {

    private final PartnerDirectory partners;
    private final Mappings current;

    /** @param current by whose declarations everything leaves, whatever wrote it */
    public Writing(PartnerDirectory partners, Mappings current) {
        this.partners = partners;
        this.current = current;
    }

    /**
     * The document in its receiver's format, as it leaves.
     *
     * @param days by whose tables it is written, and the day on which what leaves must be allowed
     * @throws MappingFailed when its mapping can't write this case
     */
    Rendered write(Attempt attempt, String operation, Mappings mappings, ObjectNode envelope, Days days) {
        return render(attempt, operation, mappings, current, envelope, days);
    }

    /** The same as it left, by what was declared then. */
    Rendered again(Attempt attempt, Mappings mappings, Catalogue catalogue, LocalDate day, LocalDate left) {
        ObjectNode envelope = envelope(attempt, attempt.document(), catalogue, day);
        Mappings then = mappings.declares(attempt.receiver()) ? mappings : current;
        return render(attempt, attempt.document(), mappings, then, envelope, new Days(day, left));
    }

    private static Rendered render(
            Attempt attempt, String operation, Mappings mappings, Mappings declaring, ObjectNode envelope, Days days) {
        String receiver = attempt.receiver();
        String item = attempt.file().itemCode();
        // What a mapping declares itself it filters itself.
        boolean declaresItself = declaring == mappings && mappings.declares(receiver);
        ObjectNode allowed = declaresItself ? envelope : declaring.allowed(receiver, item, envelope, days.said());
        return mappings.render(receiver, operation, item, allowed, days);
    }

    /**
     * All that is known of a delivery; a mapping reads of it what its partner may have.
     *
     * @param day by whose names
     * @throws MappingFailed when the receiver is no partner any more, or something of this case is not agreed with it
     */
    public ObjectNode envelope(Attempt attempt, String operation, Catalogue catalogue, LocalDate day) {
        Partner receiver = partners.find(attempt.receiver())
                .orElseThrow(() -> new MappingFailed(
                        attempt.receiver() + "/" + operation, "the hub has no partner of that name any more"));
        ObjectNode envelope = new CaseEnvelope(catalogue).of(attempt, day);
        if (receiver.isRegion()) {
            new RegionNames(catalogue, receiver.id(), day).rename(envelope, operation);
        }
        return envelope;
    }
}
