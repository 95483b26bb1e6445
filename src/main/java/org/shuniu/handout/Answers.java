package org.shuniu.handout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shuniu.handout.Condition.Part;
import org.shuniu.handout.Condition.Sign;
import org.shuniu.handout.Occasion.Holds;
import tools.jackson.databind.JsonNode;

/**
 * What the office may answer, as the mapping of its answers reads it.
 *
 * @param codec the block of the mapping
 * @param fields by their names, in the order in which they are first asked for
 * @param needs of each document of the hub
 */
record Answers(JsonNode codec, List<Line> lines, Map<String, Said> fields, Map<String, List<Need>> needs) {

    /**
     * One line of the decision what an answer means; the first that holds counts.
     *
     * @param when with the names of fields in place of paths where it asks for the answer itself
     * @param is what it means for the message
     * @param document which it carries for the case, if any
     */
    record Line(Condition when, String is, Optional<String> document, String note) {}

    /**
     * A line on one occasion.
     *
     * @param parts what must hold of the answer itself
     * @param isSure whether nothing else must hold
     */
    record Fitting(Line line, List<Part> parts, boolean isSure) {}

    /**
     * What must be there.
     *
     * @param names of fields, one of which is enough
     * @param unlessAsked whether the hub knows it of what it asked
     */
    record Need(List<String> names, boolean unlessAsked) {}

    /** What is before the name of a field in a path. */
    static final String OWN = "answer.";

    Answers {
        lines = List.copyOf(lines);
    }

    /** The lines that may hold on an occasion, in their order. */
    List<Fitting> on(Occasion occasion) {
        List<Fitting> fitting = new ArrayList<>();
        for (Line line : lines) {
            Optional<Fitting> found = on(occasion, line).filter(one -> !isReached(fitting, one));
            found.ifPresent(fitting::add);
            if (found.filter(last -> last.isSure() && last.parts().isEmpty()).isPresent()) {
                return fitting;
            }
        }
        return fitting;
    }

    /** Whether one before it holds whenever it holds. */
    private static boolean isReached(List<Fitting> before, Fitting fitting) {
        return before.stream().anyMatch(one -> one.isSure() && fitting.parts().containsAll(one.parts()));
    }

    private Optional<Fitting> on(Occasion occasion, Line line) {
        List<Part> parts = new ArrayList<>();
        boolean sure = true;
        for (Part part : line.when().parts()) {
            boolean ofAnswer = part.path().startsWith(OWN) && part.sign() != Sign.OTHER;
            Holds holds = ofAnswer ? Holds.UNKNOWN : occasion.holds(part);
            if (holds == Holds.NO || ofAnswer && isOfAFault(part)) {
                return Optional.empty();
            }
            if (ofAnswer && fields.containsKey(name(part))) {
                parts.add(part);
            } else if (holds == Holds.UNKNOWN) {
                parts.add(part);
                sure = false;
            }
        }
        return Optional.of(new Fitting(line, withoutRepeats(parts), sure));
    }

    /** Whatever is compared is there. */
    private static List<Part> withoutRepeats(List<Part> parts) {
        return parts.stream()
                .filter(part -> part.sign() != Sign.EXISTS
                        || parts.stream()
                                .noneMatch(other -> other.path().equals(part.path())
                                        && other.sign() != Sign.EXISTS
                                        && other.sign() != Sign.MISSING))
                .distinct()
                .toList();
    }

    /** A SOAP fault stands in the place of the answer. */
    private static boolean isOfAFault(Part part) {
        return part.path().startsWith(OWN + "fault.");
    }

    static String name(Part part) {
        return part.path().substring(OWN.length());
    }

    /** Fields of which one of each list must be there; none where the line carries no document. */
    List<List<String>> needs(Line line, Occasion occasion) {
        return line.document().map(document -> needs.getOrDefault(document, List.of())).orElse(List.of()).stream()
                .filter(need -> occasion == Occasion.BY_ITSELF || !need.unlessAsked())
                .map(Need::names)
                .toList();
    }

    /** Whether it says something on that occasion: what comes by itself and carries nothing speaks of no case. */
    static boolean says(Line line, Occasion occasion) {
        return occasion != Occasion.BY_ITSELF || line.document().isPresent();
    }
}
