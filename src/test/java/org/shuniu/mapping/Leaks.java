package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what leaves undeclared. Every place that a document may have and that is not declared is filled with a random number of 17
 * digits, which nearly every function leaves whole, and so are fields that nobody knows. No such number may be read in what leaves; and
 * what leaves must be the same bytes with other numbers and without any, so that no trace of them, cut or translated, is in it.
 */
final class Leaks {

    /** A document on its way, whose source has all that its mapping needs. */
    record Message(String partner, String document, String item, ObjectNode source) {}

    private static final int DIGITS = 17;

    private final Random random;
    private final Function<Message, AllowedFields> declared;
    private final BiFunction<Message, JsonNode, byte[]> sending;
    private final BiFunction<Message, byte[], byte[]> opening;
    private final Map<String, Set<List<String>>> places;

    /**
     * Prepares a search.
     *
     * @param declared what may leave
     * @param sending gives the bytes that leave
     * @param opening gives what of them only the receiver can read
     * @param places all that a source of a kind of document may have
     */
    Leaks(
            long seed,
            Function<Message, AllowedFields> declared,
            BiFunction<Message, JsonNode, byte[]> sending,
            BiFunction<Message, byte[], byte[]> opening,
            Map<String, Set<List<String>>> places) {
        this.random = new Random(seed);
        this.declared = declared;
        this.sending = sending;
        this.opening = opening;
        this.places = places;
    }

    /** The places whose content leaves undeclared; one in brackets where only the bytes tell that something does. */
    Set<String> of(Message message) {
        Map<String, String> markers = new HashMap<>();
        ObjectNode clean = prepared(message, null);
        byte[] without = sending.apply(message, clean);
        byte[] one = sending.apply(message, prepared(message, markers));
        byte[] other = sending.apply(message, prepared(message, new HashMap<>()));

        Set<String> found = new TreeSet<>();
        Set<String> texts = new TreeSet<>(Peeled.texts(one));
        texts.addAll(Peeled.texts(opening.apply(message, one)));
        markers.forEach((marker, place) -> {
            if (texts.stream().anyMatch(text -> text.contains(marker))) {
                found.add(place);
            }
        });
        if (!same(message, one, other) || !same(message, one, without)) {
            found.add("(the bytes differ)");
        }
        return found;
    }

    /** Encryption is another each time: what the receiver reads is compared. */
    private boolean same(Message message, byte[] one, byte[] other) {
        byte[] opened = opening.apply(message, one);
        return opened.length == 0 ? Arrays.equals(one, other) : Arrays.equals(opened, opening.apply(message, other));
    }

    /** @param markers takes what stands where; null where nothing undeclared shall be there */
    private ObjectNode prepared(Message message, Map<String, String> markers) {
        ObjectNode source = message.source().deepCopy();
        AllowedFields allowed = declared.apply(message);
        for (List<String> place : places.get(message.document())) {
            if (!allowed.reaches(new TreePath(place), message.item(), Examples.DAY)) {
                put(source, place, String.join(".", place), markers);
            }
        }
        if (markers != null) {
            strangers(source, "", allowed, message, markers);
        }
        return source;
    }

    private void put(JsonNode at, List<String> steps, String place, Map<String, String> markers) {
        if (at instanceof ArrayNode list) {
            list.forEach(element -> put(element, steps, place, markers));
        } else if (at instanceof ObjectNode object && steps.size() == 1) {
            if (markers == null) {
                object.remove(steps.get(0));
            } else {
                object.put(steps.get(0), marker(place, markers));
            }
        } else if (at instanceof ObjectNode object) {
            if (!object.path(steps.get(0)).isContainer() && markers != null) {
                object.putObject(steps.get(0));
            }
            put(object.path(steps.get(0)), steps.subList(1, steps.size()), place, markers);
        }
    }

    /** Fields that no schema knows, everywhere but in what is declared with whatever stands in it. */
    private void strangers(
            JsonNode at, String path, AllowedFields allowed, Message message, Map<String, String> markers) {
        if (at instanceof ArrayNode list) {
            list.forEach(element -> strangers(element, path, allowed, message, markers));
        } else if (at instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            names.forEach(name -> strangers(object.get(name), path + name + ".", allowed, message, markers));
            String stranger = "x" + random.nextInt(1_000_000);
            TreePath place =
                    new TreePath(Stream.of((path + stranger).split("\\.")).toList());
            if (!allowed.reaches(place, message.item(), Examples.DAY)) {
                object.put(stranger, marker(place.toString(), markers));
            }
        }
    }

    private String marker(String place, Map<String, String> markers) {
        StringBuilder marker = new StringBuilder().append(1 + random.nextInt(9));
        while (marker.length() < DIGITS) {
            marker.append(random.nextInt(10));
        }
        markers.put(marker.toString(), place);
        return marker.toString();
    }
}
