package org.shuniu.controlbus;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;

/**
 * A delivery that waits.
 *
 * @param spent attempts that counted against the schedule
 * @param reason what the last attempt came to, or null when none has failed
 * @param fault {@code receiver}, {@code hub}, {@code sender}, or null for nobody's
 */
public record Waiting(
        String deliveryId,
        String messageId,
        String caseNo,
        String partner,
        String document,
        boolean urgent,
        OffsetDateTime since,
        int attempts,
        int spent,
        @Nullable String reason,
        @Nullable String fault,
        WaitsFor waitsFor) {

    /** As operators see it. */
    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("deliveryId", deliveryId);
        line.put("messageId", messageId);
        line.put("caseNo", caseNo);
        line.put("partner", partner);
        line.put("document", document);
        line.put("urgent", urgent);
        line.put("since", there(since));
        line.put("attempts", attempts);
        line.put("spent", spent);
        line.put("reason", reason);
        line.put("fault", fault);
        line.put("waitsFor", waits());
        line.put("nextAttempt", there(waitsFor.nextAttempt()));
        line.put("nextAttemptText", waitsFor.text());
        return line;
    }

    /** What it waits for, as one word: {@code schedule}, {@code order}, {@code certificate},
     * {@code pause}, {@code rate}, {@code send}, {@code answer}. */
    public String kind() {
        return waitsFor.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> waits() {
        Map<String, Object> waits = new LinkedHashMap<>();
        waits.put("kind", kind());
        if (waitsFor instanceof WaitsFor.Order order) {
            waits.put("heldBehind", order.before());
        }
        if (waitsFor instanceof WaitsFor.Certificate certificate) {
            waits.put("library", certificate.library());
            waits.put("reason", certificate.reason());
        }
        if (waitsFor instanceof WaitsFor.Pause pause) {
            waits.put("reason", pause.reason());
            waits.put("until", there(pause.until()));
        }
        return waits;
    }

    private static @Nullable OffsetDateTime there(@Nullable OffsetDateTime time) {
        return time == null ? null : time.atZoneSameInstant(CaseTimes.SHANGHAI).toOffsetDateTime();
    }
}
