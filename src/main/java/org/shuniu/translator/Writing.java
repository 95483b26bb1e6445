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

/** Writes a document for its receiver: of the case only what that partner may have, in that partner's format. */
public final class Writing {

    private final PartnerDirectory partners;

    public Writing(PartnerDirectory partners) {
        this.partners = partners;
    }

    /**
     * The document in its receiver's format.
     *
     * @param day by whose tables and names
     * @throws MappingFailed when the receiver is no partner any more, or its mapping can't write this case
     */
    Rendered write(Attempt attempt, String operation, Mappings mappings, Catalogue catalogue, LocalDate day) {
        return mappings.render(attempt.receiver(), operation, source(attempt, operation, catalogue, day), Days.of(day));
    }

    /**
     * What a mapping reads of a delivery: nothing that its receiver may not have. Nobody else holds the tree.
     *
     * @param day by whose names
     * @throws MappingFailed when the receiver is no partner any more, or something of this case is not agreed with it
     */
    public ObjectNode source(Attempt attempt, String operation, Catalogue catalogue, LocalDate day) {
        Partner receiver = partners.find(attempt.receiver())
                .orElseThrow(() -> new MappingFailed(
                        attempt.receiver() + "/" + operation, "the hub has no partner of that name any more"));
        ObjectNode envelope = new CaseEnvelope(catalogue).of(attempt, day);
        if (receiver.isRegion()) {
            new RegionNames(catalogue, receiver.id(), day).rename(envelope, operation);
        }
        return new AllowedFields(receiver.allowedFields()).filter(envelope);
    }
}
