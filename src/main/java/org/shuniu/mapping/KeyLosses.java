package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.mapping.Answers.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether what an application is known by comes back as it went out: the hub's case number, the id of the message, the ticket by which
 * the partner wants to be asked, and every code of a table that is used both ways.
 */
final class KeyLosses {

    private static final String CASE = "caseNo";
    private static final String MESSAGE = "messageId";
    /** Unlike those of any example from their third character on. */
    private static final Map<String, String> KEYS =
            Map.of(CASE, "SN1999010187654321", MESSAGE, "fedcba98-7654-7321-8fed-cba987654321");

    private static final Set<String> DOCUMENTS = Set.of("status", "result");
    private static final TreePath TICKET = TreePath.of("delivery.ticket");

    private final String partner;
    private final PartnerMappings mappings;
    private final Answers answers;
    /** What the examples of the application write. */
    private final List<JsonNode> written;

    private final Days days;
    private final List<Loss> losses = new ArrayList<>();

    KeyLosses(String partner, PartnerMappings mappings, Answers answers, List<JsonNode> written, Days days) {
        this.partner = partner;
        this.mappings = mappings;
        this.answers = answers;
        this.written = written;
        this.days = days;
    }

    /** @param source an application of which the mapping can write all */
    List<Loss> find(ObjectNode source) {
        source.withObject("message").put("id", KEYS.get(MESSAGE));
        source.withObject("case").put(CASE, KEYS.get(CASE));
        JsonNode tree = mappings.outgoing().get("application").tree(source, days);
        boolean named = key(CASE, "case.caseNo", tree);
        boolean known = key(MESSAGE, "message.id", tree);
        if (!named && !known) {
            add("case.caseNo", Loss.Kind.KEY_LOST, "an answer names neither the case nor the message");
        }
        ticket();
        mappings.codes().values().forEach(this::codes);
        return losses;
    }

    /** Whether answers that came by themselves give it back. */
    private boolean key(String key, String place, JsonNode tree) {
        Set<String> out = new TreeSet<>();
        new Answer(tree, tree)
                .places().stream()
                        .filter(at -> new Answer(tree, tree).at(at).asString().equals(KEYS.get(key)))
                        .forEach(at -> out.add(ReturnLosses.name(at)));
        Set<String> in = new TreeSet<>();
        answers.all().forEach(answer -> readFrom(key, answer).forEach(at -> comesBack(key, answer, at, in)));
        if (out.isEmpty()) {
            add(place, Loss.Kind.KEY_LOST, "no place of an application carries it as it is");
        } else if (in.isEmpty()) {
            add(place, Loss.Kind.NEVER_COMES, "goes out as %s, and no answer is read for it".formatted(out));
        } else if (!in.isEmpty() && !isLinked(out, in)) {
            add(
                    place,
                    Loss.Kind.KEY_LOST,
                    "goes out as %s and is read from %s, and no examples show that both are one".formatted(out, in));
        }
        return !out.isEmpty() && !in.isEmpty();
    }

    /** The places of an answer by which its document has the key. */
    private List<List<String>> readFrom(String key, Answer answer) {
        Optional<JsonNode> usual = document(answer).map(document -> document.path(key));
        if (usual.isEmpty() || usual.get().isMissingNode()) {
            return List.of();
        }
        return answer.places().stream()
                .filter(place -> document(answer.with(place, text(KEYS.get(key))))
                        .map(document -> document.path(key))
                        .filter(found -> !found.equals(usual.get()))
                        .isPresent())
                .toList();
    }

    private void comesBack(String key, Answer answer, List<String> place, Set<String> in) {
        in.add(ReturnLosses.name(place));
        Optional<JsonNode> read = document(answers.afterItsWay(answer.with(place, text(KEYS.get(key)))))
                .map(document -> document.path(key));
        if (!read.map(JsonNode::asString).filter(KEYS.get(key)::equals).isPresent()) {
            add("answer." + ReturnLosses.name(place), Loss.Kind.KEY_CHANGED, "is read as another " + key);
        }
    }

    private Optional<JsonNode> document(Answer answer) {
        return answers.read(answer)
                .filter(reading -> reading.document() != null && DOCUMENTS.contains(reading.documentType()))
                .map(Reading::document);
    }

    /** Both have one name, or an example of an answer has what an example of an application has. */
    private boolean isLinked(Set<String> out, Set<String> in) {
        boolean sameName = out.stream()
                .map(KeyLosses::last)
                .anyMatch(last -> in.stream().map(KeyLosses::last).anyMatch(last::equals));
        return sameName || values(written, out).stream().anyMatch(values(trees(), in)::contains);
    }

    private List<JsonNode> trees() {
        return answers.all().stream().map(Answer::tree).toList();
    }

    private static Set<String> values(List<JsonNode> trees, Set<String> places) {
        Set<String> values = new TreeSet<>();
        for (JsonNode tree : trees) {
            Answer told = new Answer(tree, tree);
            told.places().stream()
                    .filter(place -> places.contains(ReturnLosses.name(place)))
                    .forEach(place -> values.add(told.at(place).asString()));
        }
        return values;
    }

    private static String last(String place) {
        return place.substring(place.lastIndexOf('.') + 1);
    }

    private void ticket() {
        boolean asked = mappings.outgoing().values().stream()
                .anyMatch(mapping -> mapping.reads().contains(TICKET));
        boolean given = mappings.incoming().get("result.in").documents().values().stream()
                .anyMatch(document -> document.ticket() != null);
        if (asked && !given) {
            add(
                    TICKET.toString(),
                    Loss.Kind.KEY_LOST,
                    "the partner is asked by a ticket, and no answer is read for one");
        }
    }

    private void codes(LocalCodes table) {
        boolean bothWays = mappings.incoming().values().stream()
                        .anyMatch(mapping -> mapping.tables().contains(table.name()))
                && mappings.outgoing().values().stream()
                        .anyMatch(mapping -> mapping.tables().contains(table.name()));
        table.returning(days.ofCase()).forEach((hub, back) -> {
            if (!hub.equals(back)) {
                add(
                        "codes/%s.csv %s".formatted(table.name(), hub),
                        bothWays ? Loss.Kind.RETURNS_AS_ANOTHER : Loss.Kind.COARSER,
                        "leaves as %s, which stands for %s"
                                .formatted(table.local(hub, days.ofCase()).orElse(""), back));
            }
        });
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    private void add(String field, Loss.Kind kind, String what) {
        Loss loss = new Loss(partner, Set.of(), Loss.Way.ROUND, field, kind, what);
        if (!losses.contains(loss)) {
            losses.add(loss);
        }
    }
}
