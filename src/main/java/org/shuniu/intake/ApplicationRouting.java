package org.shuniu.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Centre;
import org.shuniu.catalogue.Item;
import org.shuniu.document.CaseTimes;
import org.shuniu.document.Finding;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFile;

/**
 * Reads from the catalogue where an application goes: to the deciding partner, or first to a centre.
 *
 * <p>A centre's work comes first twice: the pre-review (预审) of an application made online for an item that needs a
 * counter visit, and the acceptance by the home centre of papers received elsewhere (收受分离).
 */
public final class ApplicationRouting {

    private static final Set<String> ONLINE_CHANNELS = Set.of("2", "3");

    private static final int LIMIT_OF_URGENT = 1;

    private final Catalogue catalogue;
    private final PartnerDirectory partners;

    public ApplicationRouting(Catalogue catalogue, PartnerDirectory partners) {
        this.catalogue = catalogue;
        this.partners = partners;
    }

    /** Where a new case begins. */
    Itinerary decide(CheckedSubmission checked) {
        Item item = item(checked);
        String decider = decider(checked, item);
        if (!ONLINE_CHANNELS.contains(checked.text("channel"))) {
            return atCounter(checked, item, decider, List.of("10"));
        }
        return item.mode() == Item.Mode.ONLINE
                ? new Itinerary(decider, List.of(decider), List.of("10", "30"), null, null, decider)
                : preReview(checked, decider);
    }

    /** Where a case goes on when the applicant comes to the counter after the pre-review. */
    Itinerary decideCounterVisit(CheckedSubmission checked) {
        Item item = item(checked);
        return atCounter(checked, item, decider(checked, item), List.of());
    }

    /** The partner through which centres work on a sender's cases. */
    String desk(String sender) {
        return partners.desk(sender);
    }

    /** Whether a partner may continue a case. */
    boolean handles(String partner, CaseFile file) {
        return partners.handles(partner, file.sender(), file.channel());
    }

    /** Whether the item is to be decided on the spot or within one working day. */
    boolean urgent(String itemCode, Instant at) {
        return catalogue
                .item(itemCode, LocalDate.ofInstant(at, CaseTimes.SHANGHAI))
                .filter(item -> item.limitWorkingDays() <= LIMIT_OF_URGENT)
                .isPresent();
    }

    private Itinerary preReview(CheckedSubmission checked, String decider) {
        String desk = desk(checked.submission().partner());
        String home = home(checked).map(Centre::code).orElse(checked.text("receivingCentre"));
        String responsible = home == null ? desk : home;
        return new Itinerary(decider, List.of(desk), List.of("10", "11"), home, null, responsible);
    }

    private Itinerary atCounter(CheckedSubmission checked, Item item, String decider, List<String> before) {
        String receiving = checked.text("receivingCentre");
        if (item.acceptance() == Item.Acceptance.CITYWIDE) {
            return accepted(decider, receiving, before);
        }
        Centre home = home(checked)
                .orElseThrow(() -> finding(
                        "/applicant/division",
                        "home-centre",
                        "no street of the city",
                        "the nine digits of the applicant's street, whose centre accepts this item"));
        return home.code().equals(receiving) || isBranch(receiving, home, checked)
                ? accepted(decider, receiving, before)
                : separated(checked, decider, receiving, home, before);
    }

    private static Itinerary accepted(String decider, String centre, List<String> before) {
        return new Itinerary(decider, List.of(decider), then(before, "20", "30"), centre, centre, decider);
    }

    /** The paper stays where it was received; the home centre answers for the review. */
    private Itinerary separated(
            CheckedSubmission checked, String decider, String receiving, Centre home, List<String> before) {
        String desk = desk(checked.submission().partner());
        return new Itinerary(decider, List.of(desk), then(before, "20", "21"), home.code(), receiving, home.code());
    }

    private static List<String> then(List<String> before, String first, String second) {
        return before.isEmpty() ? List.of(first, second) : List.of(before.get(0), first, second);
    }

    private boolean isBranch(String receiving, Centre home, CheckedSubmission checked) {
        return catalogue
                .centre(receiving, day(checked))
                .filter(centre -> home.code().equals(centre.mainCentre()))
                .isPresent();
    }

    private Optional<Centre> home(CheckedSubmission checked) {
        return Optional.ofNullable(checked.text("applicant", "division"))
                .flatMap(division -> catalogue.homeCentre(division, day(checked)));
    }

    private Item item(CheckedSubmission checked) {
        return catalogue
                .item(checked.text("itemCode"), day(checked))
                .orElseThrow(() -> finding("/itemCode", "item", "an item unknown on that day", "an item in force"));
    }

    private String decider(CheckedSubmission checked, Item item) {
        LocalDate day = day(checked);
        String decider = Optional.ofNullable(checked.text("applicant", "division"))
                .filter(division -> item.delta() && !isFromRegion(checked))
                .flatMap(division -> catalogue.province(division, day))
                .or(() -> catalogue.receiver(item, day))
                .orElseThrow(() -> finding("/itemCode", "receiver", "an item without receiver", "a routed item"));
        if (partners.find(decider).filter(Partner::connected).isEmpty()) {
            throw SubmissionCheck.refused(
                    "receiver-not-connected",
                    422,
                    "The partner %s, which decides this item, is not connected yet".formatted(decider));
        }
        return decider;
    }

    /** A case that another region sent here is decided here: it would go in circles otherwise. */
    private static boolean isFromRegion(CheckedSubmission checked) {
        return checked.submission().cover() != null;
    }

    private static LocalDate day(CheckedSubmission checked) {
        return CaseTimes.parse(checked.text("applicationTime")).orElseThrow().toLocalDate();
    }

    private static SubmissionRefused finding(String pointer, String rule, String found, String expected) {
        return SubmissionCheck.refused(
                "check-failed",
                422,
                "The document breaks rules of the catalogue",
                List.of(new Finding(pointer, rule, found, expected)));
    }
}
