package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shuniu.codec.Garbled;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a document does not reach a partner. The mapping itself is asked: it writes a document in which every place is filled, and
 * the same again with another value at one place at a time; what it makes of both tells what gets through.
 */
final class OutwardLosses {

    private static final String REFUSED = "!";
    private static final List<String> FORM = List.of("document", "form");
    private static final Set<String> LISTS = Set.of("materials");

    private final String partner;
    private final PartnerMappings mappings;
    private final OutgoingMapping mapping;
    private final String item;
    private final Days days;
    private final Map<List<String>, Probe> probes;
    private final ObjectNode full;
    private final List<Loss> losses = new ArrayList<>();

    /**
     * Prepares the question for one item.
     *
     * @param envelope what stands round the document
     * @param probes for each place of the source
     */
    OutwardLosses(
            String partner,
            PartnerMappings mappings,
            OutgoingMapping mapping,
            String item,
            Days days,
            ObjectNode envelope,
            Map<List<String>, Probe> probes) {
        this.partner = partner;
        this.mappings = mappings;
        this.mapping = mapping;
        this.item = item;
        this.days = days;
        this.probes = probes;
        this.full = envelope.deepCopy();
        probes.forEach((place, probe) -> put(full, place, probe.usual()));
    }

    /** A document of usual values in every place. */
    ObjectNode full() {
        return full.deepCopy();
    }

    List<Loss> find() {
        String usual = written(full);
        if (usual.startsWith(REFUSED)) {
            throw new MappingFailed(mapping.id(), "a document of usual values can't be written: " + usual.substring(1));
        }
        ObjectNode withoutForm = without(full, FORM);
        probes.forEach((place, probe) -> {
            // What a field of the item takes the place of is seen only without it.
            if (matters(full, place, probe)) {
                of(full, place, probe);
            } else if (!place.subList(0, FORM.size()).equals(FORM) && matters(withoutForm, place, probe)) {
                of(withoutForm, place, probe);
            } else {
                add(place, Loss.Kind.NOT_CARRIED, "does not reach it");
            }
        });
        return losses;
    }

    /** Whether it makes any difference what stands there, or whether anything does. */
    private boolean matters(ObjectNode whole, List<String> place, Probe probe) {
        String usual = written(whole);
        return !written(without(whole, place)).equals(usual)
                || probe.values()
                        .anyMatch(value -> !written(with(whole, place, value)).equals(usual));
    }

    private void of(ObjectNode whole, List<String> place, Probe probe) {
        codes(whole, place, probe.codes());
        // Who can't tell the time of day can't tell the second either.
        boolean coarser = false;
        for (Probe.Pair pair : probe.pairs()) {
            coarser |= !(coarser && pair.kind() == Loss.Kind.COARSER) && pair(whole, place, pair);
        }
        texts(whole, place, probe.texts());
    }

    private void codes(ObjectNode whole, List<String> place, List<JsonNode> codes) {
        Map<String, List<String>> byWritten = new LinkedHashMap<>();
        codes.forEach(code -> byWritten
                .computeIfAbsent(written(with(whole, place, code)), text -> new ArrayList<>())
                .add(code.asString()));
        List<String> refused = new ArrayList<>();
        byWritten.forEach((text, same) -> {
            if (text.startsWith(REFUSED)) {
                refused.addAll(same);
            } else if (same.size() > 1) {
                add(place, Loss.Kind.COARSER, String.join(" and ", same) + " are the same for it");
            }
        });
        if (!refused.isEmpty()) {
            add(place, Loss.Kind.REFUSED, "can't be written as " + String.join(", ", refused));
        }
    }

    /** Whether what differs is the same for the partner. */
    private boolean pair(ObjectNode whole, List<String> place, Probe.Pair pair) {
        String one = written(with(whole, place, pair.one()));
        String other = written(with(whole, place, pair.other()));
        if (one.startsWith(REFUSED)) {
            add(place, Loss.Kind.REFUSED, "%s can't be written: %s".formatted(pair.respect(), one.substring(1)));
        } else if (one.equals(other)) {
            add(place, pair.kind(), "loses " + pair.respect());
            return true;
        }
        return false;
    }

    private void texts(ObjectNode whole, List<String> place, List<JsonNode> texts) {
        List<String> changed = new ArrayList<>();
        for (JsonNode text : texts) {
            ObjectNode source = with(whole, place, text);
            String written = written(source);
            if (written.startsWith(REFUSED)) {
                add(place, Loss.Kind.REFUSED, "'%s' can't be written: %s".formatted(shown(text), written.substring(1)));
            } else if (!written.contains(quoted(text))) {
                changed.add("'" + shown(text) + "'");
            }
        }
        if (!changed.isEmpty()) {
            add(place, Loss.Kind.CHANGED, "other characters arrive than " + String.join(", ", changed));
        }
    }

    private static String shown(JsonNode text) {
        return text.asString().replace("\n", "\\n");
    }

    /** As it stands within a longer text of the tree. */
    private static String quoted(JsonNode text) {
        String quoted = text.toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private void add(List<String> place, Loss.Kind kind, String what) {
        losses.add(new Loss(partner, Set.of(), Loss.Way.OUT, String.join(".", place), kind, what));
    }

    /** The tree that is written, or why none is. */
    private String written(ObjectNode source) {
        try {
            ObjectNode tree = mapping.tree(mappings.permitted(item, source, days), days);
            mapping.codec().encode(tree);
            return tree.toString();
        } catch (MappingFailed | Garbled | IllegalArgumentException refused) {
            return REFUSED + refused.getMessage().replaceFirst("^%s, ".formatted(mapping.id()), "");
        }
    }

    private static ObjectNode with(ObjectNode whole, List<String> place, JsonNode value) {
        ObjectNode source = whole.deepCopy();
        put(source, place, value);
        return source;
    }

    private static ObjectNode without(ObjectNode whole, List<String> place) {
        ObjectNode source = whole.deepCopy();
        remove(source, place);
        return source;
    }

    /** Lists of objects have one element. */
    static void put(ObjectNode at, List<String> place, JsonNode value) {
        String step = place.get(0);
        List<String> rest = place.subList(1, place.size());
        if (rest.isEmpty()) {
            at.set(step, value);
        } else if (at.path(step) instanceof ArrayNode list) {
            put((ObjectNode) list.get(0), rest, value);
        } else if (at.path(step) instanceof ObjectNode object) {
            put(object, rest, value);
        } else if (LISTS.contains(step)) {
            put(at.putArray(step).addObject(), rest, value);
        } else {
            put(at.putObject(step), rest, value);
        }
    }

    private static void remove(JsonNode at, List<String> place) {
        JsonNode object = at instanceof ArrayNode list ? list.get(0) : at;
        if (place.size() == 1) {
            ((ObjectNode) object).remove(place.get(0));
        } else {
            remove(object.path(place.get(0)), place.subList(1, place.size()));
        }
    }
}
