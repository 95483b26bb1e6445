package org.shuniu.console;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;
import org.shuniu.recovery.PlanFilter;
import org.shuniu.recovery.RecoveryPlans;
import org.shuniu.store.Json;
import org.shuniu.versions.Versions;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody fills in for a recovery plan, as it was typed.
 *
 * @param words that stand in the reason for which a message is parked
 * @param from first day on which it was parked
 * @param to last day on which it was parked
 * @param speed deliveries a second
 */
record PlanForm(String partner, String words, String from, String to, String speed, String versions, String reason) {

    private static final String USUAL_SPEED = "20";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    /** What a form leaves out is empty. */
    PlanForm(
            @Nullable String partner,
            @Nullable String words,
            @Nullable String from,
            @Nullable String to,
            @Nullable String speed,
            @Nullable String versions,
            @Nullable String reason) {
        this.partner = given(partner);
        this.words = given(words);
        this.from = given(from);
        this.to = given(to);
        this.speed = speed == null ? USUAL_SPEED : speed.strip();
        this.versions = given(versions);
        this.reason = given(reason);
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /** The word for what is wrong with it; a condition that can't be read is never left out, or the plan would take too much. */
    Optional<String> problem(ConsoleUser who) {
        if (!Reason.isGiven(reason)) {
            return Optional.of("reason");
        }
        if (partner.isEmpty() && (who.partners() != null || conditions().isEmpty())) {
            return Optional.of("plan-filter");
        }
        boolean days = !from.isEmpty() && DayField.of(from).isEmpty()
                || !to.isEmpty() && DayField.of(to).isEmpty();
        if (days) {
            return Optional.of("plan-day");
        }
        boolean fast = !NUMBER.matcher(speed).matches() || perSecond() < 1 || perSecond() > RecoveryPlans.FASTEST;
        return fast ? Optional.of("plan-speed") : Optional.empty();
    }

    private Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("partner", partner);
        conditions.put("reasonContains", words);
        conditions.put("parkedFrom", DayField.of(from).map(PlanForm::begin).orElse(""));
        conditions.put(
                "parkedTo", DayField.of(to).map(day -> begin(day.plusDays(1))).orElse(""));
        conditions.values().removeIf(String::isEmpty);
        return conditions;
    }

    private static String begin(LocalDate day) {
        return day.atStartOfDay(CaseTimes.SHANGHAI).toOffsetDateTime().toString();
    }

    PlanFilter filter() {
        ObjectNode tree = Json.object();
        conditions().forEach(tree::put);
        return PlanFilter.of(tree);
    }

    int perSecond() {
        return Integer.parseInt(speed);
    }

    Versions by() {
        return Versions.of(versions).orElse(Versions.CASE_DAY);
    }
}
