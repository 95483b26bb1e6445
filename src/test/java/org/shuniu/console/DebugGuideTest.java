package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shuniu.controlbus.WaitsFor;
import org.shuniu.incident.IncidentKind;

/** Holds docs/debug-a-stuck-case.md to the codes that the hub really shows: none is missing, and none is invented. */
class DebugGuideTest {

    private static final Path GUIDE = Path.of("docs/debug-a-stuck-case.md");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Path MAIN = Path.of("src/main/java/org/shuniu");

    /** What makes an outcome, or parks an answer, in words of the hub's. */
    private static final Pattern REASON =
            Pattern.compile("(?:(?:Reply|Outcome)\\.[A-Z][A-Za-z]+\\(|park\\([a-z]+,)\\s*\"([^\" ]+ [^\"]*)\"");

    /** The same, for what came back too late or cannot be. */
    private static final Pattern OVERTAKEN = Pattern.compile("Optional\\.of\\(\\s*\"([^\" ]+ [^\"]*)\"");

    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| (.+) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void explainsEverythingThatADeliveryWaitsFor() throws IOException {
        assertThat(table("waits for").keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(WaitsFor.class.getPermittedSubclasses())
                        .map(kind -> kind.getSimpleName().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void explainsEveryPauseAndEveryStateOfTheDatabase() throws IOException {
        String tables = Files.readString(MIGRATIONS.resolve("V1__hub.sql"));

        String pauses = Files.readString(MIGRATIONS.resolve("V84__untried.sql"));
        assertThat(table("pause").keySet())
                .containsExactlyInAnyOrderElementsOf(allowed(pauses, "alter table pause add constraint", "reason"));
        assertThat(table("state").keySet())
                .containsExactlyInAnyOrderElementsOf(allowed(tables, "create table delivery", "state"));
    }

    @Test
    void explainsEveryCauseByAReasonThatIsTold() throws IOException {
        Map<String, String> causes = table("cause");

        assertThat(causes.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Cause.values()).map(Cause::word).toList());
        causes.forEach((word, rest) -> {
            Matcher reason = CODE.matcher(rest);
            assertThat(reason.lookingAt()).as(word).isTrue();
            assertThat(Cause.of(reason.group(1)).map(Cause::word))
                    .as(reason.group(1))
                    .contains(word);
        });
    }

    /** Wherever an attempt's end or an answer that is not believed gets its reason in so many words. */
    @Test
    void explainsEveryReasonThatStandsInTheCode() throws IOException {
        List<String> shown = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("|"))
                .flatMap(line -> CODE.matcher(line).results())
                .map(found -> found.group(1))
                .toList();
        List<String> told = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(MAIN)) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("simulator"))
                    // What `conform` says of a test system is no reason of a delivery
                    .filter(file -> !file.toString().contains("conformance"))
                    .toList()) {
                REASON.matcher(Files.readString(source)).results().forEach(found -> told.add(found.group(1)));
            }
        }
        OVERTAKEN
                .matcher(Files.readString(MAIN.resolve("delivery/ReturningDocuments.java")))
                .results()
                .forEach(found -> told.add(found.group(1)));

        assertThat(told)
                .hasSizeGreaterThan(25)
                .contains("waited for its turn", "no connection: %s", "status %s may not follow %s");
        assertThat(told).allSatisfy(reason -> {
            String example = reason.replace("%d", "503").replace("%s", "x");
            Pattern written = Pattern.compile(Stream.of(reason.split("%[ds]", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".+", "", ".*")));
            assertThat(Cause.of(example).isPresent()
                            || shown.stream()
                                    .anyMatch(code -> written.matcher(code).matches()))
                    .as(reason)
                    .isTrue();
        });
    }

    @Test
    void explainsWhateverNowAndIncidentsShow() throws IOException {
        assertThat(table("on Now").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Urgent.Kind.values()).map(Urgent.Kind::word).toList())
                .containsAll(
                        Stream.of(IncidentKind.values()).map(IncidentKind::word).toList());
    }

    @Test
    void explainsEveryTurnEveryFaultAndEveryEndOfAnAnswer() throws IOException {
        assertThat(table("turn").keySet())
                .isEqualTo(words("turn\\.((?!title)[a-z]+)").keySet());
        assertThat(table("fault").keySet())
                .isEqualTo(words("fault\\.((?!nobody)[a-z]+)").keySet());
        assertThat(table("answer's end").keySet())
                .isEqualTo(words("message\\.is\\.([a-z]+)").keySet());
    }

    @Test
    void explainsWhatRegionsSayThatIsNoEnd() throws IOException {
        String adapter = Files.readString(Path.of("src/main/java/org/shuniu/channel/RegionAdapter.java"));
        Stream<String> told = Pattern.compile("problem\\.equals\\(\"([a-z-]+)\"\\)")
                .matcher(adapter)
                .results()
                .map(found -> found.group(1));
        Matcher later =
                Pattern.compile("LATER_CONFLICTS = Set\\.of\\(([^)]+)\\)").matcher(adapter);
        assertThat(later.find()).isTrue();
        Stream<String> waiting = Arrays.stream(later.group(1).split(", ")).map(word -> word.replace("\"", ""));

        assertThat(table("region's word").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(told, waiting).toList());
    }

    /** The rows of the one table whose first column is called so: the code, and the rest of its row. */
    private static Map<String, String> table(String head) throws IOException {
        List<String> lines = Files.readAllLines(GUIDE);
        List<String> below = lines.stream()
                .dropWhile(line -> !line.startsWith("| %s |".formatted(head)))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(below).as(head).isNotEmpty();
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : below) {
            Matcher row = ROW.matcher(line);
            assertThat(row.matches()).as(line).isTrue();
            assertThat(rows.put(row.group(1), row.group(2))).as(line).isNull();
        }
        return rows;
    }

    /** What a check of a table lets a column be. */
    private static List<String> allowed(String tables, String table, String column) {
        Matcher check = Pattern.compile("check \\(%s in \\(([^)]+)\\)\\)".formatted(column))
                .matcher(tables);
        assertThat(check.find(tables.indexOf(table))).as(table).isTrue();
        return Arrays.stream(check.group(1).split(", "))
                .map(word -> word.replace("'", ""))
                .toList();
    }

    /** Codes for which pages have words. */
    private static Map<String, String> words(String key) throws IOException {
        Properties all = new Properties();
        try (var file = DebugGuideTest.class.getResourceAsStream("/console/messages_en.properties")) {
            all.load(file);
        }
        Pattern pattern = Pattern.compile(key);
        Map<String, String> found = new LinkedHashMap<>();
        for (String name : all.stringPropertyNames()) {
            Matcher code = pattern.matcher(name);
            if (code.matches()) {
                found.put(code.group(1), name);
            }
        }
        return found;
    }
}
