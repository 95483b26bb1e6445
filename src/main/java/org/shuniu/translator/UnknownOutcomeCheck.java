package org.shuniu.translator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Verdict;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnersRefused;

/** Checks at start that each partner and its mappings can do what {@code delivery.unknown-outcome} says of them. */
public final class UnknownOutcomeCheck {

    private static final String ID = "message.id";
    private static final Set<String> WITH_KEY = Set.of("rest", "chx");
    private static final String QUERY = "query";
    private static final Set<String> QUESTIONS = Set.of(QUERY, "count");

    private final PartnerDirectory partners;
    private final Mappings mappings;
    private final List<Fault> faults = new ArrayList<>();

    private UnknownOutcomeCheck(PartnerDirectory partners, Mappings mappings) {
        this.partners = partners;
        this.mappings = mappings;
    }

    /** @throws PartnersRefused with every partner, key and reason */
    public static void check(PartnerDirectory partners, Mappings mappings) {
        UnknownOutcomeCheck check = new UnknownOutcomeCheck(partners, mappings);
        partners.all().forEach(check::check);
        if (!check.faults.isEmpty()) {
            throw new PartnersRefused(check.faults);
        }
    }

    private void check(Partner partner) {
        switch (partner.delivery().unknownOutcome()) {
            case ASK -> checkAsk(partner);
            case RECOGNISES_ID -> checkRecognisesId(partner);
            case NEITHER -> {
                // Nothing is asked of a partner that is never called twice.
            }
        }
    }

    private void checkAsk(Partner partner) {
        if (!mappings.outgoing(partner.id()).contains(QUERY)) {
            fault(partner, "ask", "no mapping query.out.yaml", "one that asks what became of a call");
        }
        Set<Verdict> verdicts = mappings.verdicts(partner.id(), IncomingTranslator.MAPPING);
        if (!verdicts.contains(Verdict.NEVER_RECEIVED) || !verdicts.contains(Verdict.DELIVERED)) {
            fault(
                    partner,
                    "ask",
                    "a mapping result.in.yaml whose outcome cannot tell",
                    "one line with is: never-received and one with is: delivered");
        }
    }

    /** Some protocols carry the id in the header Idempotency-Key; every other has no place for it but the document. */
    private void checkRecognisesId(Partner partner) {
        if (WITH_KEY.contains(partner.protocol())) {
            return;
        }
        mappings.outgoing(partner.id()).stream()
                .filter(document -> !QUESTIONS.contains(document) && !mappings.carries(partner.id(), document, ID))
                .sorted()
                .forEach(document -> fault(
                        partner,
                        "recognises-id",
                        "a mapping %s.out.yaml without the message id".formatted(document),
                        "a row with source: message.id and required: true"));
    }

    private void fault(Partner partner, String policy, String found, String expected) {
        faults.add(partners.fault(
                partner.id(), "delivery.unknown-outcome", "%s: found %s".formatted(policy, found), expected));
    }
}
