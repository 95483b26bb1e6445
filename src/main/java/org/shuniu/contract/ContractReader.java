package org.shuniu.contract;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.contract.Contract.Code;
import org.shuniu.contract.Contract.Hours;
import org.shuniu.contract.Contract.Limits;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.Contract.Receipts;
import org.shuniu.contract.Contract.Results;
import org.shuniu.document.CaseTimes;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import org.shuniu.partner.HoursBlock;
import org.shuniu.partner.OpeningHours;
import tools.jackson.databind.JsonNode;

/** Reads a contract; a wrong value becomes a fault with its line, and a stand-in. */
final class ContractReader {

    private static final Pattern PARTNER = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern DEPARTMENT = Pattern.compile("[A-Z]{2}");
    private static final Pattern ITEM = Pattern.compile("[0-9]{12}");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    /** It stands in YAML, JSON and CSV as it is. */
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}\"\\\\@]+");

    private static final Pattern FUNCTION = Pattern.compile("[a-z][a-z-]*( [0-9]{1,4})?");
    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern SOURCE = Pattern.compile("(message|delivery|case|document)(\\.[A-Za-z][A-Za-z0-9]*)+");
    /** A file of fixed width has so many bytes for it. */
    private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{1,8}");

    private static final String RECEIPTS = "receipts";
    private static final String IN_WORK = "in-work";
    private static final String DONE = "done";
    private static final String REFUSED = "refused";
    private static final String LIMITS = "limits";
    private static final String PER_SECOND = "per-second";
    private static final String DEADLINE = "deadline";
    private static final String ROWS = "rows";
    private static final String HOURS = "hours";
    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);
    private static final int LONGEST_FIELD = 4000;
    private static final int LONGEST_LIMIT = 365;

    private final Path file;
    private final YamlLines lines;
    private final JsonNode tree;
    private final List<Fault> faults;
    private final BlockReader block;

    ContractReader(Path file, YamlLines lines, JsonNode tree, List<Fault> faults) {
        this.file = file;
        this.lines = lines;
        this.tree = tree;
        this.faults = faults;
        this.block = new BlockReader(file, lines, tree, faults);
    }

    Contract contract() {
        keys(
                tree,
                "",
                Set.of(
                        "contract",
                        "name",
                        "department",
                        "protocol",
                        "result",
                        "since",
                        "items",
                        "basis",
                        "fields",
                        "codes",
                        RECEIPTS,
                        LIMITS,
                        HOURS));
        keys(tree.path("department"), "department", Set.of("code", "office"));
        ContractProtocol protocol = protocol();
        Map<String, List<Code>> codes = codes();
        return new Contract(
                partner(),
                name(tree, "name"),
                word(tree.path("department"), "department.code", "code", DEPARTMENT, "two capital letters, such as MZ"),
                text(tree.path("department"), "department.office", "office"),
                protocol,
                results(protocol),
                since(),
                items(),
                text(tree, "basis", "basis"),
                fields(codes.keySet(), protocol),
                codes,
                receipts(),
                limits(protocol),
                hours());
    }

    /** What is everybody's word for the partner is its folder too. */
    private String partner() {
        String partner = word(tree, "contract", "contract", PARTNER, "an id of small letters, such as civil-affairs");
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !folder.getFileName().toString().equals(partner)) {
            fault("contract", partner, "the name of its folder, " + folder.getFileName());
        }
        return partner;
    }

    private ContractProtocol protocol() {
        String word = text(tree, "protocol", "protocol");
        return ContractProtocol.of(word).orElseGet(() -> {
            fault("protocol", word, "one of " + ContractProtocol.words());
            return ContractProtocol.REST;
        });
    }

    private Results results(ContractProtocol protocol) {
        if (!tree.has("result")) {
            return protocol.results().get(0);
        }
        String word = text(tree, "result", "result");
        return protocol.results().stream()
                .filter(way -> way.word().equals(word))
                .findFirst()
                .orElseGet(() -> {
                    fault(
                            "result",
                            word,
                            "one of %s with protocol %s"
                                    .formatted(
                                            protocol.results().stream()
                                                    .map(Results::word)
                                                    .toList(),
                                            protocol.word()));
                    return protocol.results().get(0);
                });
    }

    private Receipts receipts() {
        keys(tree.path(RECEIPTS), RECEIPTS, Set.of(IN_WORK, DONE, REFUSED));
        Receipts receipts = new Receipts(
                state(IN_WORK, Receipts.USUAL.inWork()),
                state(DONE, Receipts.USUAL.done()),
                state(REFUSED, Receipts.USUAL.refused()));
        if (Stream.of(receipts.inWork(), receipts.done(), receipts.refused())
                        .distinct()
                        .count()
                < Receipts.STATES) {
            fault(RECEIPTS, "one word for two states", "a word of its own for each state");
        }
        return receipts;
    }

    private String state(String name, String usual) {
        return tree.path(RECEIPTS).has(name)
                ? word(tree.path(RECEIPTS), RECEIPTS + "." + name, name, STATE, "1 to 8 letters, digits, _ or -")
                : usual;
    }

    /** Those that mean something with its protocol. */
    private Limits limits(ContractProtocol protocol) {
        Set<String> known = protocol.isFlat() ? Set.of(ROWS) : Set.of("parallel", PER_SECOND, DEADLINE);
        keys(tree.path(LIMITS), LIMITS, known);
        return new Limits(number("parallel"), number(PER_SECOND), deadline(), number(ROWS));
    }

    private OptionalInt number(String limit) {
        return block.has(LIMITS, limit) ? OptionalInt.of(block.number(LIMITS, limit)) : OptionalInt.empty();
    }

    private Optional<Duration> deadline() {
        if (!block.has(LIMITS, DEADLINE)) {
            return Optional.empty();
        }
        Duration deadline = block.duration(LONGEST_CALL, LIMITS, DEADLINE);
        if (deadline.compareTo(LONGEST_CALL) > 0) {
            block.fault(LIMITS + "." + DEADLINE, "too long", "at most %ds".formatted(LONGEST_CALL.toSeconds()));
        }
        return Optional.of(deadline);
    }

    private Hours hours() {
        OpeningHours windows = new HoursBlock(block).read();
        return windows.isAlways()
                ? Hours.ALWAYS
                : new Hours(windows, tree.path(HOURS).toString());
    }

    private LocalDate since() {
        String day = text(tree, "since", "since");
        try {
            return LocalDate.parse(day);
        } catch (DateTimeException malformed) {
            fault("since", day, "a day such as 2026-07-01");
            return LocalDate.EPOCH;
        }
    }

    private List<ContractItem> items() {
        List<ContractItem> items = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        list("items").forEach(at -> {
            String key = "items[%d]".formatted(items.size());
            keys(at, key, Set.of("code", "name", "working-days"));
            String code = word(at, key + ".code", "code", ITEM, "12 digits");
            if (!known.add(code)) {
                fault(key + ".code", code, "an item that stands once");
            }
            items.add(new ContractItem(code, name(at, key + ".name"), limit(at, key + ".working-days")));
        });
        return items;
    }

    private int limit(JsonNode at, String key) {
        int days = at.path("working-days").asInt(-1);
        if (days < 1 || days > LONGEST_LIMIT) {
            fault(key, at.path("working-days").asString(""), "a number of working days from 1 to " + LONGEST_LIMIT);
        }
        return days;
    }

    private Map<String, List<ContractField>> fields(Set<String> tables, ContractProtocol protocol) {
        Map<String, List<ContractField>> fields = new LinkedHashMap<>();
        JsonNode documents = tree.path("fields");
        keys(documents, "fields", Set.copyOf(Contract.DOCUMENTS));
        for (String document : Contract.DOCUMENTS) {
            fields.put(document, fields(document, tables, protocol));
            for (String needed : List.of("message.id", "case.caseNo")) {
                if (fields.get(document).stream()
                        .noneMatch(field -> field.source().equals(needed))) {
                    fault(
                            "fields." + document,
                            "no field with source " + needed,
                            "one by which an answer is known again");
                }
            }
        }
        return fields;
    }

    private List<ContractField> fields(String document, Set<String> tables, ContractProtocol protocol) {
        List<ContractField> fields = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        list("fields." + document).forEach(at -> {
            String key = "fields.%s[%d]".formatted(document, fields.size());
            ContractField field = field(at, key, tables);
            if (!names.add(field.name())) {
                fault(key + ".name", field.name(), "a field that stands once");
            }
            if (protocol == ContractProtocol.TABLE) {
                FrontEndTables.wrongName(field).ifPresent(expected -> fault(key + ".name", field.name(), expected));
            }
            fields.add(field);
        });
        return fields;
    }

    private ContractField field(JsonNode at, String key, Set<String> tables) {
        keys(at, key, Set.of("name", "source", "most", "required", "function", "codes", "date", "label"));
        int most = at.path("most").asInt(-1);
        if (most < 1 || most > LONGEST_FIELD) {
            fault(key + ".most", at.path("most").asString(""), "a length from 1 to " + LONGEST_FIELD);
        }
        String codes = at.path("codes").asString(null);
        if (codes != null && !tables.contains(codes)) {
            fault(key + ".codes", codes, "a table of codes, which has " + new TreeSet<>(tables));
        }
        return new ContractField(
                word(at, key + ".name", "name", FIELD, "letters, digits and _"),
                word(at, key + ".source", "source", SOURCE, "a place such as document.applicant.name"),
                most,
                at.path("required").asBoolean(false),
                functions(at.path("function"), key + ".function"),
                Optional.ofNullable(codes),
                date(at, key + ".date"),
                text(at, key + ".label", "label"));
    }

    private List<String> functions(JsonNode said, String key) {
        List<String> functions = said.isArray()
                ? said.valueStream().map(one -> one.asString("")).toList()
                : said.isMissingNode() ? List.of() : List.of(said.asString(""));
        functions.stream()
                .filter(function -> !FUNCTION.matcher(function).matches())
                .forEach(function -> fault(key, function, "a function such as trim or cut 200"));
        return functions;
    }

    private Optional<String> date(JsonNode at, String key) {
        String pattern = at.path("date").asString(null);
        if (pattern == null) {
            return Optional.empty();
        }
        try {
            DateTimeFormatter.ofPattern(pattern);
            if (CaseTimes.isOfWeekOrYear(pattern)) {
                fault(key, pattern, "a pattern such as yyyy-MM-dd HH:mm:ss, without YYYY or DD");
            }
        } catch (IllegalArgumentException malformed) {
            fault(key, pattern, "a pattern such as yyyy-MM-dd HH:mm:ss");
        }
        return Optional.of(pattern);
    }

    private Map<String, List<Code>> codes() {
        Map<String, List<Code>> codes = new LinkedHashMap<>();
        for (String table : List.copyOf(tree.path("codes").propertyNames())) {
            if (!TABLE.matcher(table).matches()) {
                fault("codes." + table, table, "a name of small letters, such as id-type");
            }
            codes.put(table, codes(table));
        }
        return codes;
    }

    private List<Code> codes(String table) {
        List<Code> codes = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        list("codes." + table).forEach(at -> {
            String key = "codes.%s[%d]".formatted(table, codes.size());
            keys(at, key, Set.of("hub", "local", "label"));
            Code code = new Code(
                    text(at, key + ".hub", "hub"),
                    text(at, key + ".local", "local"),
                    text(at, key + ".label", "label"));
            if (!known.add(code.hub())) {
                fault(key + ".hub", code.hub(), "a code that stands once");
            }
            codes.add(code);
        });
        return codes;
    }

    private Name name(JsonNode in, String key) {
        keys(in.path("name"), key, Set.of("zh", "en"));
        return new Name(text(in.path("name"), key + ".zh", "zh"), text(in.path("name"), key + ".en", "en"));
    }

    private List<JsonNode> list(String key) {
        JsonNode at = tree;
        for (String step : key.split("\\.")) {
            at = at.path(step);
        }
        if (!at.isArray() || at.isEmpty()) {
            fault(key, at.isMissingNode() ? null : "no list", "a list of at least one");
        }
        return at.isArray() ? at.valueStream().toList() : List.of();
    }

    private String text(JsonNode in, String key, String name) {
        String value = in.path(name).asString("").strip();
        if (!TEXT.matcher(value).matches()) {
            fault(key, value.isEmpty() ? null : value, "a text of one line without quotation marks, backslashes and @");
        }
        return value;
    }

    private String word(JsonNode in, String key, String name, Pattern pattern, String expected) {
        String value = in.path(name).asString("");
        if (!pattern.matcher(value).matches()) {
            fault(key, value.isEmpty() ? null : value, expected);
        }
        return value;
    }

    private void keys(JsonNode in, String key, Set<String> known) {
        block.requireKeys(key, in, known);
    }

    private void fault(String key, @Nullable String found, String expected) {
        faults.add(Fault.ofKey(file, lines, key, "found " + (found == null ? "nothing" : found), expected));
    }
}
