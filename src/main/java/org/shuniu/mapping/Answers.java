package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Garbled;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers that a partner's examples show: all that is known of what it says. */
final class Answers {

    /**
     * One answer.
     *
     * @param tree as the codec reads it
     * @param context what is known besides
     */
    record Answer(JsonNode tree, JsonNode context) {

        /** The same with another value at a place; null takes it away. */
        Answer with(List<String> place, JsonNode value) {
            JsonNode changed = tree.deepCopy();
            JsonNode at = changed;
            for (String step : place.subList(0, place.size() - 1)) {
                at = at instanceof ArrayNode list ? list.get(Integer.parseInt(step)) : at.path(step);
            }
            String last = place.get(place.size() - 1);
            if (at instanceof ArrayNode list) {
                list.set(Integer.parseInt(last), value == null ? list.nullNode() : value);
            } else if (value == null) {
                ((ObjectNode) at).remove(last);
            } else {
                ((ObjectNode) at).set(last, value);
            }
            return new Answer(changed, context);
        }

        /** The places that hold plain values; elements of lists have their numbers. */
        List<List<String>> places() {
            List<List<String>> places = new ArrayList<>();
            collect(tree, List.of(), places);
            return places;
        }

        private static void collect(JsonNode at, List<String> steps, List<List<String>> places) {
            if (at instanceof ObjectNode object) {
                object.properties()
                        .forEach(member -> collect(member.getValue(), joined(steps, member.getKey()), places));
            } else if (at instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    collect(list.get(i), joined(steps, Integer.toString(i)), places);
                }
            } else if (!steps.isEmpty()) {
                places.add(steps);
            }
        }

        private static List<String> joined(List<String> steps, String step) {
            List<String> more = new ArrayList<>(steps);
            more.add(step);
            return List.copyOf(more);
        }

        JsonNode at(List<String> place) {
            JsonNode at = tree;
            for (String step : place) {
                at = at instanceof ArrayNode list ? list.get(Integer.parseInt(step)) : at.path(step);
            }
            return at;
        }
    }

    private final IncomingMapping mapping;
    private final Days days;
    private final List<Answer> all;

    Answers(IncomingMapping mapping, Days days, List<Answer> all) {
        this.mapping = mapping;
        this.days = days;
        this.all = all;
    }

    List<Answer> all() {
        return all;
    }

    /** What an answer means; nothing where nobody can tell. */
    Optional<Reading> read(Answer answer) {
        try {
            return Optional.of(mapping.read(answer.tree(), answer.context(), days));
        } catch (AnswerGarbled | MappingFailed | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The same as it comes off the wire. */
    Answer afterItsWay(Answer answer) {
        Codec content = mapping.codec().content();
        try {
            return new Answer(content.decode(content.encode((ObjectNode) answer.tree())), answer.context());
        } catch (Garbled | ClassCastException readOnly) {
            // A list of rows, or a format that only partners write: nothing can be said of its way.
            return answer;
        }
    }
}
