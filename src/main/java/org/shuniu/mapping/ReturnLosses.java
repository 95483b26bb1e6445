package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shuniu.mapping.Answers.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What of a partner's answers does not come back. What nobody reads is found by asking: the answers of its examples are read again
 * without a value and with another one, and where that never means anything else, nobody reads it.
 */
final class ReturnLosses {

    private static final Set<String> DOCUMENTS = Set.of("status", "result");
    /** What the case has already, and what stands beside the document. */
    private static final Set<String> NOT_ITS_OWN = Set.of("itemCode", "eventId");

    private static final int LONG = 1_000;
    private static final int SEEN = 10;

    private final String partner;
    private final IncomingMapping mapping;
    private final Answers answers;
    private final CanonicalPaths canonical;
    private final List<Loss> losses = new ArrayList<>();

    ReturnLosses(String partner, IncomingMapping mapping, Answers answers, CanonicalPaths canonical) {
        this.partner = partner;
        this.mapping = mapping;
        this.answers = answers;
        this.canonical = canonical;
    }

    List<Loss> find() {
        dropped();
        mapping.documents().keySet().stream()
                .filter(DOCUMENTS::contains)
                .sorted()
                .forEach(this::neverComes);
        return losses;
    }

    private void dropped() {
        Map<String, Boolean> read = new TreeMap<>();
        Map<String, Boolean> cut = new TreeMap<>();
        for (Answer answer : answers.all()) {
            Optional<Reading> usual = answers.read(answer);
            for (List<String> place : answer.places()) {
                String name = name(place);
                if (answer.at(place).asString().isEmpty()) {
                    continue;
                }
                boolean counts = !answers.read(answer.with(place, null)).equals(usual)
                        || !answers.read(answer.with(place, other(answer.at(place))))
                                .equals(usual);
                read.merge(name, counts, Boolean::logicalOr);
                if (counts && answer.at(place).isString()) {
                    cut.merge(name, isCut(answer, place), Boolean::logicalAnd);
                }
            }
        }
        read.forEach((name, counts) -> {
            if (!counts) {
                add("answer." + name, Loss.Kind.DROPPED, "is read by nobody");
            }
        });
        cut.forEach((name, isCut) -> {
            if (isCut) {
                add("answer." + name, Loss.Kind.CUT, "loses the end of a text of %d characters".formatted(LONG));
            }
        });
    }

    private boolean isCut(Answer answer, List<String> place) {
        String text = "测".repeat(LONG - 1);
        Optional<String> one = document(answer.with(place, text(text + "1")));
        return one.isPresent()
                && one.equals(document(answer.with(place, text(text + "2"))))
                && one.get().contains(text.substring(0, SEEN));
    }

    private Optional<String> document(Answer answer) {
        return answers.read(answer).map(Reading::document).map(JsonNode::toString);
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    private static JsonNode other(JsonNode value) {
        return value.isNumber() ? JsonNodeFactory.instance.numberNode(value.asInt() + 1) : text(value.asString() + "9");
    }

    private void neverComes(String document) {
        Set<List<String>> written =
                new TreeSet<>((one, other) -> String.join(".", one).compareTo(String.join(".", other)));
        mapping.documents()
                .get(document)
                .rows()
                .forEach(row -> written.add(target(row).steps()));
        canonical.places(document, List.of()).keySet().stream()
                .filter(place -> !NOT_ITS_OWN.contains(place.get(0)))
                .filter(place -> written.stream().noneMatch(target -> isAtOrBelow(place, target)))
                .forEach(place ->
                        add(document + "." + String.join(".", place), Loss.Kind.NEVER_COMES, "is filled by no answer"));
    }

    private static TreePath target(MappingRow row) {
        return row instanceof EachRow list ? list.target() : ((ValueRow) row).target();
    }

    private static boolean isAtOrBelow(List<String> place, List<String> target) {
        return place.size() >= target.size() && place.subList(0, target.size()).equals(target);
    }

    /** Elements of lists are one place. */
    static String name(List<String> place) {
        return String.join(".", place).replaceAll("\\.[0-9]+(?=\\.|$)", "");
    }

    private void add(String field, Loss.Kind kind, String what) {
        losses.add(new Loss(partner, Set.of(), Loss.Way.IN, field, kind, what));
    }
}
