package org.shuniu.controlbus;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.delivery.LimitChange;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;

/**
 * What somebody asks for one partner's limits, as it was typed; times without an offset are the city's.
 *
 * <p>Fewer calls hurt nobody but the hub, and may be asked for freely; more than the partner's file allows could bring the
 * partner down, and the file is what was agreed with it.
 *
 * @param hours {@code open}, {@code closed}, or empty for those of the file
 */
public record LimitRequest(
        String perSecond, String parallel, String hours, String closedFrom, String closedTo, String until) {

    /** The longest that a change lasts: what is to stay belongs into the file. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** What is wrong with it. */
    public enum Fault {
        /** Nothing is changed. */
        NOTHING,
        PER_SECOND,
        PARALLEL,
        HOURS,
        CLOSED,
        UNTIL;

        /** For programs. */
        String words(Partner partner) {
            String allows = "%s must be a whole number from 1 to %d, which is what its partner.yaml allows";
            return switch (this) {
                case NOTHING -> "One of perSecond, parallel and hours is required";
                case PER_SECOND ->
                    allows.formatted("perSecond", partner.delivery().mostPerSecond());
                case PARALLEL -> allows.formatted("parallel", partner.delivery().mostParallel());
                case HOURS -> "hours must be open or closed";
                case CLOSED ->
                    "closedFrom must be before closedTo, which must be in the future and not after until; both are"
                            + " for hours closed only";
                case UNTIL -> "until must be a time in the future, at most 7 days away";
            };
        }
    }

    /** Either the change or why there is none. */
    public record Checked(
            @Nullable LimitChange change, @Nullable Fault fault) {}

    /** Of the fields of a form or a body; what is left out is empty. */
    public static LimitRequest of(Map<String, String> fields) {
        return new LimitRequest(
                given(fields, "perSecond"),
                given(fields, "parallel"),
                given(fields, "hours"),
                given(fields, "closedFrom"),
                given(fields, "closedTo"),
                given(fields, "until"));
    }

    private static String given(Map<String, String> fields, String name) {
        String value = fields.get(name);
        return value == null ? "" : value.strip();
    }

    /** Checks all of it, the most particular first. */
    public Checked check(Partner partner, String by, String reason, Instant now) {
        Instant end = time(until);
        Fault fault = fault(partner, end, now);
        if (fault != null) {
            return new Checked(null, fault);
        }
        boolean closed = hours.equals("closed");
        LimitChange change = new LimitChange(
                partner.id(),
                perSecond.isEmpty() ? null : Integer.valueOf(perSecond),
                parallel.isEmpty() ? null : Integer.valueOf(parallel),
                hours.equals("open"),
                closed ? from(now) : null,
                closed ? time(closedTo) : null,
                end,
                by,
                reason,
                now);
        return new Checked(change, null);
    }

    private @Nullable Fault fault(Partner partner, @Nullable Instant end, Instant now) {
        if (perSecond.isEmpty() && parallel.isEmpty() && hours.isEmpty()) {
            return Fault.NOTHING;
        }
        if (!isUpTo(perSecond, partner.delivery().mostPerSecond())) {
            return Fault.PER_SECOND;
        }
        if (!isUpTo(parallel, partner.delivery().mostParallel())) {
            return Fault.PARALLEL;
        }
        if (!hours.isEmpty() && !hours.equals("open") && !hours.equals("closed")) {
            return Fault.HOURS;
        }
        if (end == null || !end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
            return Fault.UNTIL;
        }
        boolean times = !closedFrom.isEmpty() || !closedTo.isEmpty();
        return hours.equals("closed") ? closes(end, now) ? null : Fault.CLOSED : times ? Fault.CLOSED : null;
    }

    private static boolean isUpTo(String number, int most) {
        return number.isEmpty()
                || NUMBER.matcher(number).matches()
                        && Integer.parseInt(number) >= 1
                        && Integer.parseInt(number) <= most;
    }

    private boolean closes(Instant end, Instant now) {
        Instant from = from(now);
        Instant to = time(closedTo);
        return from != null && to != null && from.isBefore(to) && to.isAfter(now) && !to.isAfter(end);
    }

    /** Left empty or past, it is closed at once. */
    private @Nullable Instant from(Instant now) {
        Instant from = closedFrom.isEmpty() ? now : time(closedFrom);
        return from == null || from.isAfter(now) ? from : now;
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException none) {
            return local(text);
        }
    }

    private static @Nullable Instant local(String text) {
        try {
            return LocalDateTime.parse(text).atZone(CaseTimes.SHANGHAI).toInstant();
        } catch (DateTimeException none) {
            return null;
        }
    }
}
