package org.shuniu.document;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where in which of the hub's own documents a value says nothing of anybody: codes, moments and numbers of the hub's own. Others name
 * fields as they like and write into any what they like, so neither a name nor a place alone opens a value: it must look like what
 * belongs there too.
 */
public final class OpenPlaces {

    /** Eleven digits may be a telephone and eighteen an identity number, so numbers are known by how they begin. */
    private static final Pattern ITEM = Pattern.compile("[23]\\d{11}");

    private static final Pattern VARIANT = Pattern.compile("[A-Za-z0-9_-]{1,5}");
    private static final Pattern CENTRE = Pattern.compile("[23]\\d{10}");
    private static final Pattern CASE = Pattern.compile("3120\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{9}");
    private static final Pattern MESSAGE =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern STATUS = Pattern.compile("\\d{2}");
    private static final Pattern MOMENT = Pattern.compile("20\\d{6}(T?\\d{6}|\\d{2}:\\d{2}:\\d{2})?"
            + "|20\\d{2}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2}))?");

    private static final Map<String, Pattern> OF_A_CROSSING = Map.of(
            "caseNo", CASE,
            "steps.at", MOMENT,
            "steps.event", words("status|paper-(posted|on-its-way|arrived|returned|refused)"),
            "steps.status", STATUS,
            "turn.holder", words("office|applicant|nobody"),
            "turn.since", MOMENT,
            "turn.saidAt", MOMENT,
            "turn.dueOn", MOMENT);
    private static final Map<String, Pattern> OF_AN_ORDER = Map.of(
            "caseNo", CASE,
            "trigger", words("reached|again|late|paper-posted"),
            "status", STATUS,
            "statusTime", MOMENT,
            "itemCode", ITEM);
    private static final Map<String, Pattern> OF_A_CERTIFICATE_USE =
            Map.of("caseNo", CASE, "itemCode", ITEM, "validFrom", MOMENT, "validTo", MOMENT);

    /** By document, then by place: names joined by dots, elements of lists without numbers. */
    private static final Map<String, Map<String, Pattern>> OPEN = open();

    private OpenPlaces() {}

    private static Pattern words(String alternatives) {
        return Pattern.compile(alternatives);
    }

    private static Map<String, Map<String, Pattern>> open() {
        Map<String, Map<String, Pattern>> open = new HashMap<>();
        open.put(
                "application",
                Map.of(
                        "caseNo", CASE,
                        "itemCode", ITEM,
                        "itemVariant", VARIANT,
                        "applicationTime", MOMENT,
                        "channel", words("[12349]"),
                        "way", words("[123]"),
                        "receivingCentre", CENTRE));
        open.put("supplement", Map.of("supplementTime", MOMENT));
        open.put("withdrawal", Map.of("withdrawalTime", MOMENT));
        open.put(
                "status",
                Map.of("caseNo", CASE, "messageId", MESSAGE, "status", STATUS, "statusTime", MOMENT, "itemCode", ITEM));
        open.put(
                "result",
                Map.of("caseNo", CASE, "messageId", MESSAGE, "status", STATUS, "resultTime", MOMENT, "itemCode", ITEM));
        open.put("report", Map.of("caseNo", CASE, "messageId", MESSAGE, "reportTime", MOMENT));
        open.put(
                "paper",
                Map.of(
                        "caseNo", CASE,
                        "messageId", MESSAGE,
                        "step", words("posted|on-its-way|arrived|returned|refused"),
                        "centre", CENTRE,
                        "paperTime", MOMENT));
        open.put(
                "receipt",
                Map.of(
                        "caseNo", CASE,
                        "messageId", MESSAGE,
                        "kind", words("parked|delayed|resolved|given-up|refused|paper"),
                        "since", MOMENT,
                        "nextAttempt", MOMENT));
        open.put("evidence", Map.of("kind", words("RELAYED|DELIVERED|REJECTED|NON_DELIVERED")));
        open.put("count", Map.of("from", MOMENT, "until", MOMENT));
        open.put("certificate", Map.of("caseNo", CASE, "validUntil", MOMENT));
        for (String use : new String[] {"certificate-use", "certificate-list", "certificate-copy"}) {
            open.put(use, OF_A_CERTIFICATE_USE);
        }
        for (String order : "order order-query cancellation notification payment refund".split(" ")) {
            open.put(order, OF_AN_ORDER);
        }
        open.put("step", OF_A_CROSSING);
        open.put("progress", OF_A_CROSSING);
        return Map.copyOf(open);
    }

    /**
     * Whether a value is shown as it is.
     *
     * @param document kind of the hub's own document in which it stands; in any other, such as a partner's, nothing is open
     * @param place made of names by {@link #below}, beginning with the empty one
     */
    public static boolean isOpen(String document, String place, String value) {
        Pattern looks = OPEN.getOrDefault(document, Map.of()).get(place);
        return looks != null && looks.matcher(value).matches();
    }

    /** One place further in. A name that has a dot itself never makes the place of another. */
    public static String below(String place, String name) {
        String own = name.replace('.', '/');
        return place.isEmpty() ? own : place + "." + own;
    }

    /** All open places of each document. */
    static Map<String, Map<String, Pattern>> all() {
        return OPEN;
    }
}
