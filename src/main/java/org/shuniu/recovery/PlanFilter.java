package org.shuniu.recovery;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which parked deliveries a plan is about: all of its conditions must hold. */
public final class PlanFilter {

    private record Condition(String sql, Object value) {}

    private static final Set<String> KEYS =
            Set.of("partner", "document", "item", "reasonContains", "parkedFrom", "parkedTo", "caseNumbers");
    private static final int MOST_CASES = 100_000;

    private final ObjectNode tree;
    private final List<Condition> conditions = new ArrayList<>();

    private PlanFilter(ObjectNode tree) {
        this.tree = tree;
    }

    /** @throws SubmissionRefused for a filter that is empty or has a word that it does not know: it would fit too much */
    public static PlanFilter of(JsonNode tree) {
        if (!(tree instanceof ObjectNode object) || object.isEmpty()) {
            throw refused("filter must have at least one of %s".formatted(new TreeSet<>(KEYS)));
        }
        for (String key : object.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw refused("filter knows no such condition; expected some of %s".formatted(new TreeSet<>(KEYS)));
            }
        }
        PlanFilter filter = new PlanFilter(object);
        filter.take("partner", "d.receiver = ?", Function.identity());
        filter.take("document", "d.document = ?", Function.identity());
        filter.take(
                "item",
                "exists (select 1 from case_file c where c.case_no = d.case_no and c.item_code = ?)",
                Function.identity());
        filter.take("reasonContains", "position(? in d.reason) > 0", Function.identity());
        filter.take("parkedFrom", "d.settled_at >= ?", OffsetDateTime::parse);
        filter.take("parkedTo", "d.settled_at < ?", OffsetDateTime::parse);
        filter.takeCases();
        return filter;
    }

    private void take(String key, String sql, Function<String, ?> parser) {
        JsonNode value = tree.path(key);
        if (value.isMissingNode()) {
            return;
        }
        try {
            if (!value.isString() || value.stringValue().isBlank()) {
                throw refused("filter.%s must be a text".formatted(key));
            }
            conditions.add(new Condition(sql, parser.apply(value.stringValue())));
        } catch (DateTimeParseException malformed) {
            throw refused("filter.%s must be a time such as 2026-11-24T10:15:00+08:00".formatted(key));
        }
    }

    private void takeCases() {
        JsonNode list = tree.path("caseNumbers");
        if (list.isMissingNode()) {
            return;
        }
        boolean texts = list.isArray() && list.valueStream().allMatch(JsonNode::isString);
        if (!texts || list.isEmpty() || list.size() > MOST_CASES) {
            throw refused("filter.caseNumbers must be a list of 1 to %d case numbers".formatted(MOST_CASES));
        }
        String[] numbers = list.valueStream().map(JsonNode::stringValue).toArray(String[]::new);
        conditions.add(new Condition("d.case_no = any(?)", numbers));
    }

    /** Conditions on a delivery {@code d}. */
    String sql() {
        return String.join(" and ", conditions.stream().map(Condition::sql).toList());
    }

    List<Object> values() {
        return conditions.stream().map(Condition::value).toList();
    }

    /** The same for people and lists: of case numbers, how many there are. */
    String shown() {
        ObjectNode shown = tree.deepCopy();
        if (shown.path("caseNumbers").isArray()) {
            shown.put("caseNumbers", shown.path("caseNumbers").size());
        }
        return shown.toString();
    }

    /** As it was asked for, fit to be kept beside the plan. */
    String text() {
        return tree.toString();
    }

    private static SubmissionRefused refused(String title) {
        return new SubmissionRefused(Problem.of("check-failed", 422, title));
    }
}
