package org.shuniu.handout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A column of files.
 *
 * @param title as the first line of a CSV file names it; where there is none, the label
 * @param from the first byte of a line of fixed width, from 1; 0 where columns are named
 * @param most characters, or bytes of a line of fixed width
 * @param always whether every row must have it
 * @param deciding the column that otherwise says whether a row must have it
 * @param requiredFor with which of that one's values
 * @param codes what alone may stand there, with what it means
 */
record Column(
        String name,
        String title,
        int from,
        int most,
        boolean always,
        String deciding,
        List<String> requiredFor,
        Map<String, String> codes,
        Optional<String> date,
        Optional<String> pattern) {

    private static final String KIND = "kind";

    /** Of the hub's files: all kinds of message are rows of one file. */
    static List<Column> sent(List<Outgoing> messages) {
        List<Column> columns = new ArrayList<>();
        int from = 1;
        for (Place place : places(messages.get(0).codec())) {
            Column column = sent(place, messages, place.width() == 0 ? 0 : from);
            columns.add(column);
            from += place.width();
        }
        return columns;
    }

    private static Column sent(Place place, List<Outgoing> messages, int from) {
        List<Member> members = messages.stream()
                .flatMap(message -> message.member(place.name()).stream())
                .toList();
        List<String> needing = messages.stream()
                .filter(message ->
                        message.member(place.name()).filter(Member::required).isPresent())
                .map(Column::kind)
                .toList();
        Map<String, String> codes = new LinkedHashMap<>();
        members.forEach(member -> member.codes().ifPresent(list -> codes.putAll(list.sent())));
        String label = members.stream().map(Member::label).findFirst().orElse("");
        return new Column(
                place.name(),
                place.title().isEmpty() ? label : place.title(),
                from,
                place.width() > 0
                        ? place.width()
                        : members.stream().mapToInt(Member::most).max().orElse(0),
                needing.size() == messages.size(),
                KIND,
                needing,
                codes,
                members.stream().flatMap(member -> member.date().stream()).findFirst(),
                Optional.empty());
    }

    private static String kind(Outgoing message) {
        return message.member(KIND)
                .flatMap(Member::codes)
                .flatMap(codes -> codes.sent().keySet().stream().findFirst())
                .orElse(message.document());
    }

    /** Of the office's files. */
    static List<Column> received(Answers answers) {
        List<Column> columns = new ArrayList<>();
        int from = 1;
        for (Place place : places(answers.codec())) {
            columns.add(received(place, answers, place.width() == 0 ? 0 : from));
            from += place.width();
        }
        return columns;
    }

    private static Column received(Place place, Answers answers, int from) {
        Optional<Said> said = Optional.ofNullable(answers.fields().get(place.name()));
        List<Answers.Fitting> lines = answers.on(Occasion.BY_ITSELF);
        List<Answers.Fitting> needing = lines.stream()
                .filter(fitting -> needs(fitting, answers, place.name()))
                .toList();
        Set<String> deciding = new TreeSet<>();
        Set<String> states = new TreeSet<>();
        needing.forEach(fitting -> fitting.parts().stream()
                .filter(part -> part.sign() == Condition.Sign.IS)
                .forEach(part -> {
                    deciding.add(Answers.name(part));
                    states.addAll(part.values());
                }));
        Map<String, String> codes = new LinkedHashMap<>();
        said.filter(Said::closed)
                .ifPresent(known -> known.codes().forEach(code -> codes.put(code.code(), code.state())));
        return new Column(
                place.name(),
                place.title().isEmpty()
                        ? said.map(known -> known.meaning().zh()).orElse("")
                        : place.title(),
                from,
                place.width() > 0 ? place.width() : said.map(Said::most).orElse(0),
                !lines.isEmpty() && needing.size() == lines.size(),
                deciding.stream().findFirst().orElse(""),
                // By two columns nobody could say it in one word.
                deciding.size() == 1 ? List.copyOf(states) : List.of(),
                codes,
                said.flatMap(Said::date),
                said.flatMap(Said::pattern));
    }

    private static boolean needs(Answers.Fitting fitting, Answers answers, String name) {
        return fitting.parts().stream().anyMatch(part -> part.path().equals(Answers.OWN + name))
                || answers.needs(fitting.line(), Occasion.BY_ITSELF).stream()
                        .anyMatch(names -> names.equals(List.of(name)));
    }

    /** Which rows must have it: {@code *} for all, or such as {@code kind=A|C}; empty for none. */
    String required() {
        if (always) {
            return "*";
        }
        return requiredFor.isEmpty() ? "" : deciding + "=" + String.join("|", requiredFor);
    }

    /** Whether a row must have it. */
    boolean isRequiredIn(Map<String, String> row) {
        return always || requiredFor.contains(row.getOrDefault(deciding, ""));
    }

    /** The regular expression that its values fit, without anchors. */
    Optional<String> regex() {
        if (!codes.isEmpty()) {
            return Optional.of("(%s)"
                    .formatted(String.join(
                            "|",
                            codes.keySet().stream()
                                    .map(code -> code.replaceAll("[^\\p{L}\\p{N} _-]", "\\\\$0"))
                                    .toList())));
        }
        return date.flatMap(TimePattern::regex).or(() -> pattern);
    }

    /**
     * Where a column stands in the codec of a mapping.
     *
     * @param title of CSV
     * @param width of lines of fixed width
     */
    private record Place(String name, String title, int width) {}

    private static List<Place> places(JsonNode codec) {
        JsonNode columns = codec.path("columns");
        return columns.isArray()
                ? columns.valueStream()
                        .map(one -> new Place(
                                one.path("name").asString(""),
                                "",
                                one.path("width").asInt(0)))
                        .toList()
                : columns.properties().stream()
                        .map(one -> new Place(one.getValue().asString(""), one.getKey(), 0))
                        .toList();
    }
}
