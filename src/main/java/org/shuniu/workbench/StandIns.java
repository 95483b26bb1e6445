package org.shuniu.workbench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.shuniu.document.OpenPlaces;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts stand-ins in the place of what a message says of anybody, before a mapping sees it that nobody has reviewed: whatever that
 * mapping is, it can bring out no more than what is left. What is left is decided by the files in force, and never by the text that is
 * tried.
 */
final class StandIns {

    /**
     * What of a part of a message is left as it is.
     *
     * @param values by their places as mappings read them
     * @param names of fields
     */
    private record Left(BiPredicate<String, JsonNode> values, Predicate<String> names) {}

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> OF_THE_HUB = Set.of("message", "delivery", "case");
    private static final String TICKET = "delivery.ticket";
    private static final String DOCUMENT = "document.";

    private static final String ANSWER = "answer";

    /** What codes look like; that no longer one gets through keeps numbers of people out. */
    private static final Pattern CODE = Pattern.compile("(?!.*[0-9]{6})[A-Za-z0-9_.:-]{1,12}");

    private static final Pattern NAME = Pattern.compile("(?!.*[0-9]{6})[@#]?[A-Za-z_][A-Za-z0-9_.:-]{0,39}");

    private final Set<String> coded;
    private final Set<String> names;
    private final Map<String, Set<JsonNode>> shown = new HashMap<>();

    /**
     * Prepares for the messages of one mapping.
     *
     * @param coded the places where codes stand, by the mapping in force
     * @param examples sources of that mapping: what they show at a place is no secret there
     * @param names of fields of the hub's documents that are no sender's own
     */
    StandIns(Set<String> coded, List<JsonNode> examples, Set<String> names) {
        this.coded = Set.copyOf(coded);
        this.names = new HashSet<>(names);
        examples.forEach(example -> show("", example));
    }

    private void show(String place, JsonNode at) {
        if (at.isObject()) {
            at.properties().forEach(member -> {
                names.add(member.getKey());
                show(OpenPlaces.below(place, member.getKey()), member.getValue());
            });
        } else if (at.isArray()) {
            at.forEach(element -> show(place, element));
        } else {
            shown.computeIfAbsent(place, first -> new HashSet<>()).add(at);
        }
    }

    /**
     * Of the tree that a mapping of what goes out reads.
     *
     * @param document what kind of the hub's own stands in it
     */
    ObjectNode ofSource(String document, JsonNode source) {
        Left ofTheHub = new Left((place, value) -> !place.equals(TICKET), name -> true);
        Left ofTheSender = new Left((place, value) -> isOpen(document, place, value), names::contains);
        ObjectNode covered = Json.object();
        source.properties().forEach(part -> {
            Left left = OF_THE_HUB.contains(part.getKey()) ? ofTheHub : ofTheSender;
            covered.set(part.getKey(), covered(part.getKey(), part.getValue(), left));
        });
        return covered;
    }

    private boolean isOpen(String document, String place, JsonNode value) {
        return place.startsWith(DOCUMENT)
                        && OpenPlaces.isOpen(document, place.substring(DOCUMENT.length()), value.asString(""))
                || isKnown(place, place, value);
    }

    /**
     * Of what a partner answered. Of its own words only those that the files in force show or translate at the place are left: a short
     * code or a truth value says something of somebody as well as a name does.
     *
     * @param context what is known besides: the numbers of case and message, which are the hub's own
     */
    JsonNode ofAnswer(JsonNode answer, JsonNode context) {
        List<String> ours = List.of(
                context.path("case").path("caseNo").asString(""),
                context.path("message").path("id").asString(""));
        Left left = new Left(
                (place, value) -> ours.contains(value.asString(""))
                        || isKnown(place, place.substring(Math.min(place.length(), ANSWER.length() + 1)), value),
                name -> NAME.matcher(name).matches());
        return covered(ANSWER, answer, left);
    }

    /** @param ofExample the same place, as an example has it */
    private boolean isKnown(String place, String ofExample, JsonNode value) {
        return shown.getOrDefault(ofExample, Set.of()).contains(value)
                || coded.contains(place) && CODE.matcher(value.asString("")).matches();
    }

    private static JsonNode covered(String place, JsonNode value, Left left) {
        if (value.isObject()) {
            ObjectNode covered = Json.object();
            value.properties().forEach(member -> {
                String name = left.names().test(member.getKey()) ? member.getKey() : "field" + (covered.size() + 1);
                covered.set(name, covered(OpenPlaces.below(place, member.getKey()), member.getValue(), left));
            });
            return covered;
        }
        if (value.isArray()) {
            ArrayNode covered = Json.MAPPER.createArrayNode();
            value.forEach(element -> covered.add(covered(place, element, left)));
            return covered;
        }
        return value.isNull() || left.values().test(place, value) ? value : standIn(value);
    }

    private static JsonNode standIn(JsonNode value) {
        if (value.isBoolean()) {
            return NODES.booleanNode(true);
        }
        return value.isNumber()
                ? NODES.numberNode(StandIn.of(value.decimalValue()))
                : NODES.stringNode(StandIn.of(value.asString("")));
    }
}
