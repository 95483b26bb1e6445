package org.shuniu.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Centre;
import org.shuniu.catalogue.Item;
import org.shuniu.catalogue.JointPart;
import org.shuniu.catalogue.RegionItem;
import org.shuniu.document.CaseTimes;
import org.shuniu.document.Finding;
import org.shuniu.joint.CasePart;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFile;
import tools.jackson.databind.JsonNode;

/**
 * Reads from the catalogue where an application goes: to the deciding partner, or first to a centre.
 *
 * <p>A centre's work comes first twice: the pre-review (预审) of an application made online for an item that needs a
 * counter visit, and the acceptance by the home centre of papers received elsewhere (收受分离).
 */
public final class ApplicationRouting {

    private static final Set<String> ONLINE_CHANNELS = Set.of("2", "3");

    private static final int LIMIT_OF_URGENT = 1;

    /** Set {@code delta-mode} of {@code case-status.csv}: 全程网办, 异地代收代办 and 多地联办. */
    private static final String ONLINE_ALL_THE_WAY = "1";

    private static final String RECEIVED_ELSEWHERE = "2";
    private static final String SEVERAL_OFFICES = "3";
    private static final String COUNTER = "1";

    private static final byte[] NOT_WRITTEN = {};

    private final Catalogue catalogue;
    private final PartnerDirectory partners;

    public ApplicationRouting(Catalogue catalogue, PartnerDirectory partners) {
        this.catalogue = catalogue;
        this.partners = partners;
    }

    /** Where a new case begins. */
    Itinerary decide(CheckedSubmission checked) {
        Item item = item(checked);
        String decider = decider(checked, item, isFromRegion(checked));
        if (isFromRegion(checked) && checked.text("way") != null) {
            return fromRegion(checked, item, decider);
        }
        if (!ONLINE_CHANNELS.contains(checked.text("channel"))) {
            return atCounter(checked, item, decider, List.of("10"));
        }
        if (isRegion(decider)
                && item.mode() == Item.Mode.ONLINE
                && !catalogue.jointParts(item.code(), day(checked)).isEmpty()) {
            return toRegion(checked, item, decider, List.of("10"));
        }
        boolean straight = isRegion(decider)
                ? region(checked, item, decider).ways().contains(ONLINE_ALL_THE_WAY)
                        || item.mode() == Item.Mode.ONLINE && agreed(checked, item, decider, ONLINE_ALL_THE_WAY)
                : item.mode() == Item.Mode.ONLINE;
        return straight ? straight(decider) : preReview(checked, decider);
    }

    /**
     * Who would get an application first, if it were handed in as it stands.
     *
     * @param sender who would hand it in
     * @param application that fits its schema
     * @throws SubmissionRefused where a rule of the catalogue forbids it
     */
    public List<String> firstReceivers(String sender, JsonNode application, Instant at) {
        Submission submission = new Submission(sender, "application", "", null, NOT_WRITTEN);
        return decide(new CheckedSubmission(submission, application, NOT_WRITTEN, at))
                .receivers();
    }

    /** Where a case goes on when the applicant comes to the counter after the pre-review. */
    Itinerary decideCounterVisit(CheckedSubmission checked, String sender) {
        Item item = item(checked);
        return atCounter(checked, item, decider(checked, item, isRegion(sender)), List.of());
    }

    private static Itinerary straight(String decider) {
        return new Itinerary(decider, List.of(decider), List.of("10", "30"), null, null, decider);
    }

    /** Its applicant has been looked at there, or need not be: nobody has to come to a counter here. */
    private Itinerary fromRegion(CheckedSubmission checked, Item item, String decider) {
        String sender = checked.submission().partner();
        agreed(checked, item, sender, checked.text("way"));
        return checked.content().has("window")
                ? new Itinerary(decider, List.of(decider), List.of("10", "20", "30"), decider, sender, decider)
                : straight(decider);
    }

    /** Received at a counter here and decided there: the paper stays until it is asked for. */
    private Itinerary toRegion(CheckedSubmission checked, Item item, String decider, List<String> before) {
        List<JointPart> parts = catalogue.jointParts(item.code(), day(checked));
        if (!parts.isEmpty()) {
            return jointly(checked, item, decider, before, parts);
        }
        if (!COUNTER.equals(checked.text("channel"))) {
            agreed(checked, item, decider, ONLINE_ALL_THE_WAY);
            return straight(decider);
        }
        agreed(checked, item, decider, RECEIVED_ELSEWHERE);
        String receiving = checked.text("receivingCentre");
        return new Itinerary(decider, List.of(decider), then(before, "20", "30"), decider, receiving, decider);
    }

    /** Several offices decide it, here and there: the first stage begins at once. */
    private Itinerary jointly(
            CheckedSubmission checked, Item item, String region, List<String> before, List<JointPart> parts) {
        agreed(checked, item, region, SEVERAL_OFFICES);
        int first = parts.get(0).stage();
        List<CasePart> offices = parts.stream()
                .map(part -> new CasePart(
                        part.part(),
                        part.stage(),
                        part.office().equals(JointPart.REGION) ? region : part.office(),
                        part.stage() == first ? CasePart.State.OPEN : CasePart.State.WAITING,
                        null,
                        checked.receivedAt(),
                        null))
                .toList();
        offices.forEach(part -> requireConnected(part.office()));
        List<String> begin = offices.stream()
                .filter(part -> part.stage() == first)
                .map(CasePart::office)
                .toList();
        boolean atCounter = COUNTER.equals(checked.text("channel"));
        return new Itinerary(
                begin.get(0),
                begin,
                atCounter ? then(before, "20", "30") : List.of("10", "30"),
                atCounter ? region : null,
                checked.text("receivingCentre"),
                begin.get(0),
                offices);
    }

    /** What is agreed with a region on an item. */
    private RegionItem region(CheckedSubmission checked, Item item, String partner) {
        return catalogue
                .region(partner)
                .item(item.code(), day(checked))
                .orElseThrow(() -> finding(
                        "/itemCode",
                        "region-item",
                        "the item " + item.code(),
                        "an item_code of %s in mappings/catalogue/region-items.csv, in force on %s"
                                .formatted(partner, day(checked))));
    }

    private boolean agreed(CheckedSubmission checked, Item item, String partner, String way) {
        RegionItem agreed = region(checked, item, partner);
        if (!agreed.allows(way)) {
            throw finding(
                    checked.text("way") == null ? "/channel" : "/way",
                    "way",
                    "way %s of 跨省通办".formatted(way),
                    "one of %s, which are agreed with %s".formatted(new TreeSet<>(agreed.ways()), partner));
        }
        return true;
    }

    private void requireDivision(CheckedSubmission checked, String region) {
        String division = checked.text("applicant", "division");
        if (catalogue.region(region).division(division, day(checked)).isEmpty()) {
            throw finding(
                    "/applicant/division",
                    "region-division",
                    "the division " + division,
                    "a division of %s in mappings/catalogue/region-divisions.csv, in force on %s"
                            .formatted(region, day(checked)));
        }
    }

    private boolean isRegion(String partner) {
        return partners.find(partner).filter(Partner::isRegion).isPresent();
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
                .itemOfCase(itemCode, LocalDate.ofInstant(at, CaseTimes.SHANGHAI))
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
        if (isRegion(decider)) {
            return toRegion(checked, item, decider, before);
        }
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

    /** @param here whether it is decided here wherever its applicant lives */
    private String decider(CheckedSubmission checked, Item item, boolean here) {
        LocalDate day = day(checked);
        String decider = Optional.ofNullable(checked.text("applicant", "division"))
                .filter(division -> item.delta() && !here)
                .flatMap(division -> catalogue.province(division, day))
                .or(() -> catalogue.receiver(item, day))
                .orElseThrow(() -> finding("/itemCode", "receiver", "an item without receiver", "a routed item"));
        requireConnected(decider);
        if (isRegion(decider)) {
            region(checked, item, decider);
            requireDivision(checked, decider);
        }
        return decider;
    }

    private void requireConnected(String decider) {
        if (partners.find(decider).filter(Partner::connected).isEmpty()) {
            throw SubmissionCheck.refused(
                    "receiver-not-connected",
                    422,
                    "The partner %s, which decides this item, is not connected yet".formatted(decider));
        }
    }

    /** A case that another region sent here is decided here: it would go in circles otherwise. */
    private static boolean isFromRegion(CheckedSubmission checked) {
        return checked.isFromRegion();
    }

    private static LocalDate day(CheckedSubmission checked) {
        return CaseTimes.day(checked.text("applicationTime")).orElseThrow();
    }

    private static SubmissionRefused finding(String pointer, String rule, String found, String expected) {
        return SubmissionCheck.refused(
                "check-failed",
                422,
                "The document breaks rules of the catalogue",
                List.of(new Finding(pointer, rule, found, expected)));
    }
}
