package org.shuniu.handout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shuniu.contract.Contract.Name;
import org.shuniu.handout.Answers.Line;
import org.shuniu.handout.Answers.Need;
import org.shuniu.handout.Condition.Part;
import org.shuniu.handout.Condition.Sign;
import tools.jackson.databind.JsonNode;

/** Reads out of the mapping of an office's answers what these may be. */
final class AnswerReader {

    private static final Pattern KNOWN_ALWAYS = Pattern.compile("(?<![\\w.])transport\\.receivedAt");
    /** What came by itself has none of these. */
    private static final Pattern KNOWN_WHEN_ASKED = Pattern.compile("(?<![\\w.])(case|message|call)\\.");
    /** The usual way to take the one that is there. */
    private static final Pattern EITHER =
            Pattern.compile("\\$exists\\((answer[.\\w]+)\\) \\? (answer[.\\w]+) : ([a-z][.\\w]+)");

    private static final Pattern ASCII = Pattern.compile("\\^([^^$]*)\\$");
    /** What is before the name of a column in the path of an answer by rows. */
    static final String ROW = Answers.OWN + "row.";

    private static final String EVENT = "event";
    private static final String ORDER = "order";
    private static final String TICKET = "ticket";

    private final JsonNode tree;
    private final Pattern own;
    private final String prefix;
    private final CodeLists codes;
    private final Places places;
    private final SchemaOf schemas;
    private final Map<String, FieldNotes> notes = new LinkedHashMap<>();
    private final Map<String, List<Need>> needs = new LinkedHashMap<>();

    /** The hub's own schema of a place. */
    @FunctionalInterface
    interface SchemaOf {
        JsonNode find(String document, String place);
    }

    /** @param prefix of a field's path, such as {@code answer.} */
    AnswerReader(JsonNode tree, String prefix, CodeLists codes, Places places, SchemaOf schemas) {
        this.tree = tree;
        this.prefix = prefix;
        this.own = Pattern.compile("(?<![\\w.])" + Pattern.quote(prefix) + "([A-Za-z_]\\w*)(\\.\\w+)?");
        this.codes = codes;
        this.places = places;
        this.schemas = schemas;
    }

    Answers read() {
        List<Line> lines = tree.path("outcome").valueStream().map(this::line).toList();
        lines.forEach(line -> line.when().parts().forEach(this::note));
        tree.path("documents").properties().forEach(entry -> document(entry.getKey(), entry.getValue()));
        Map<String, Said> fields = new LinkedHashMap<>();
        notes.forEach((name, note) -> fields.put(name, note.said(name)));
        return new Answers(tree.path("codec"), lines, fields, needs);
    }

    private Line line(JsonNode line) {
        List<Part> parts = Condition.of(line.path("when").asString("")).parts().stream()
                .map(this::shortened)
                .toList();
        return new Line(
                new Condition(parts),
                line.path("is").asString(""),
                Optional.ofNullable(line.path("document").asString(null)),
                line.path("note").asString(""));
    }

    private Part shortened(Part part) {
        if (prefix.equals(ROW)
                && part.path().startsWith(Answers.OWN)
                && !part.path().startsWith(ROW)) {
            // What the channel tells beside a row is none of its columns.
            String rest = part.path().substring(Answers.OWN.length());
            return new Part("channel." + rest, part.sign(), part.values(), part.isText());
        }
        return part.path().startsWith(prefix)
                ? new Part(
                        Answers.OWN + part.path().substring(prefix.length()), part.sign(), part.values(), part.isText())
                : part;
    }

    private void note(Part part) {
        if (part.sign() == Sign.OTHER || !part.path().startsWith(Answers.OWN)) {
            return;
        }
        String name = Answers.name(part);
        if (name.startsWith("fault.") || !prefix.equals(Answers.OWN) && name.startsWith("properties.")) {
            return;
        }
        FieldNotes note = notes.computeIfAbsent(name.split("\\.")[0], none -> new FieldNotes());
        if (name.contains(".") || part.sign() == Sign.AT_LEAST) {
            note.open();
        } else if (!part.isText()) {
            note.truth();
        } else if (part.sign() == Sign.IS || part.sign() == Sign.IS_ONE_OF) {
            part.values().forEach(note::code);
        } else if (part.sign() == Sign.IS_NOT) {
            note.opened();
        }
    }

    private void document(String document, JsonNode block) {
        List<Need> needed = new ArrayList<>();
        for (JsonNode row : block.path("rows")) {
            Optional<Need> need = row(document, row);
            boolean must = row.path("required").asBoolean(false) && !row.has("when") && !row.has("default");
            need.filter(known -> must && !needed.contains(known)).ifPresent(needed::add);
        }
        needs.put(document, needed);
        mark(block, EVENT);
        mark(block, ORDER);
        mark(block, TICKET);
    }

    private void mark(JsonNode block, String kind) {
        String expression = block.path(kind).asString("");
        // Of an event that is put together, each part says something else already.
        if (!expression.startsWith("$join")) {
            names(expression).forEach(name -> notes.get(name).mark(kind));
        }
    }

    /** @return what it needs where it must give a value; nothing where the hub always has that from elsewhere too */
    private Optional<Need> row(String document, JsonNode row) {
        String source = row.path("source").asString("");
        String expression = row.path("expression").asString("");
        Matcher either = EITHER.matcher(expression);
        if (either.matches()) {
            List<String> places = List.of(either.group(2), either.group(3));
            places.stream()
                    .filter(place -> place.startsWith(prefix))
                    .forEach(place -> plain(document, row, place.substring(prefix.length())));
            return need(names(expression), places.get(1));
        }
        if (source.startsWith(prefix)) {
            plain(document, row, source.substring(prefix.length()));
            return need(Set.of(source.substring(prefix.length()).split("\\.")[0]), "");
        }
        Set<String> names = names(expression);
        names.forEach(name -> notes.get(name)
                .meansAmongOthers(places.canonical(document, row.path("target").asString(""))));
        return need(names, expression);
    }

    /** @param others where the value may come from besides */
    private static Optional<Need> need(Set<String> names, String others) {
        return names.isEmpty() || KNOWN_ALWAYS.matcher(others).find()
                ? Optional.empty()
                : Optional.of(new Need(
                        List.copyOf(names), KNOWN_WHEN_ASKED.matcher(others).find()));
    }

    /** What is read as it is must be as the hub's own document has it. */
    private void plain(String document, JsonNode row, String path) {
        String name = path.split("\\.")[0];
        FieldNotes note = notes.computeIfAbsent(name, none -> new FieldNotes());
        String target = row.path("target").asString("");
        note.means(places.canonical(document, target));
        if (path.contains(".")) {
            note.open();
            return;
        }
        note.most(row.path("max").asInt(0));
        Optional<CodeList> table = codes.find(row.path("codes").asString(""));
        table.ifPresent(list -> list.rows().stream().filter(CodeList.Row::read).forEach(note::code));
        Optional<String> date =
                Optional.ofNullable(row.path("date").path("from").asString(null));
        date.ifPresent(note::date);
        if (table.isEmpty() && date.isEmpty() && !row.has("function")) {
            asInTheHub(note, schemas.find(document, target));
        }
    }

    private static void asInTheHub(FieldNotes note, JsonNode schema) {
        note.most(schema.path("maxLength").asInt(0));
        if (schema.path("format").asString("").equals("uuid")) {
            note.pattern("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
        }
        Matcher pattern = ASCII.matcher(schema.path("pattern").asString(""));
        if (pattern.matches() && !pattern.group(1).contains("(?")) {
            note.pattern(pattern.group(1));
        }
    }

    private Set<String> names(String expression) {
        Set<String> names = new LinkedHashSet<>();
        for (MatchResult found : own.matcher(expression).results().toList()) {
            names.add(found.group(1));
            FieldNotes note = notes.computeIfAbsent(found.group(1), none -> new FieldNotes());
            if (found.group(2) != null) {
                note.open();
            }
        }
        return names;
    }

    /** What was found out about one field so far. */
    private static final class FieldNotes {

        private Said.Kind kind = Said.Kind.TEXT;
        private Name meaning = new Name("", "");
        private int most;
        private Optional<String> pattern = Optional.empty();
        private Optional<String> date = Optional.empty();
        private final Map<String, String> codes = new LinkedHashMap<>();
        private boolean opened;

        void open() {
            kind = Said.Kind.OPEN;
        }

        void truth() {
            kind = Said.Kind.TRUTH;
        }

        void code(String code) {
            codes.putIfAbsent(code, "");
        }

        void code(CodeList.Row row) {
            codes.merge(row.local(), row.hub(), (before, now) -> before.isEmpty() ? now : before);
        }

        /** Others than those that are named mean something too. */
        void opened() {
            opened = true;
        }

        void means(Name name) {
            if (meaning.zh().isEmpty()) {
                meaning = name;
            }
        }

        /** What is made of it among others does not say what a code is. */
        void meansAmongOthers(Name name) {
            if (codes.isEmpty() && !opened) {
                means(name);
            }
        }

        void most(int said) {
            most = most == 0 ? said : said == 0 ? most : Math.min(most, said);
        }

        void pattern(String said) {
            pattern = pattern.or(() -> Optional.of(said));
        }

        void date(String said) {
            date = date.or(() -> Optional.of(said));
            TimePattern.regex(said).ifPresent(this::pattern);
        }

        void mark(String what) {
            switch (what) {
                case EVENT ->
                    meaning = new Name("您给这件事的编号：编号相同即同一答复", "Your id of the event: the same id is the same answer");
                case ORDER -> {
                    kind = Said.Kind.ORDER;
                    meaning = new Name(
                            "同一办件内的先后次序，整数，逐次递增",
                            "Its number among the messages of the case; a whole number that rises");
                }
                default -> meaning = new Name("查询凭证：枢纽凭它查询结果", "A ticket by which you want to be asked for the result");
            }
        }

        Said said(String name) {
            List<Said.Known> known = codes.entrySet().stream()
                    .map(code -> new Said.Known(code.getKey(), code.getValue()))
                    .toList();
            boolean said = !meaning.zh().isEmpty() || known.isEmpty();
            return new Said(
                    name,
                    said ? meaning : new Name("说明答复含义的代码", "The code that says what the answer means"),
                    kind,
                    most,
                    pattern,
                    date,
                    known,
                    !opened && !known.isEmpty() && kind == Said.Kind.TEXT);
        }
    }
}
