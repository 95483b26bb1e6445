package org.shuniu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The threat model says what is so: each threat is answered once, by tests that are there, and no entry is left out. */
class ThreatModelTest {

    private static final Path PAGE = Path.of("docs/threat-model.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final int THREATS = 44;

    /** {@code | H1 | input | what answers it | `SomeTest.doesSomething` |} */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (H\\d+) \\|(.*)\\|(.*)\\|(.*)\\|$");

    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*)(?:\\.([a-z][A-Za-z0-9]*))?`");
    private static final Pattern OFF = Pattern.compile("@(?:org\\.junit\\.jupiter\\.api\\.)?(?:condition\\.)?Disabled");
    private static final Pattern CLASS_OFF = Pattern.compile("(?m)^" + OFF);

    private static final Pattern ADDRESS = Pattern.compile("\"(/[^\"]*)\"");

    private final String page = read(PAGE);

    @Test
    void namesEachThreatOnce() {
        List<String> named =
                ROW.matcher(page).results().map(row -> row.group(1)).toList();

        assertThat(named)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, THREATS)
                        .mapToObj(number -> "H" + number)
                        .toList());
    }

    @Test
    void saysOfEachWhatAnswersItAndWhichTestProvesThat() {
        assertThat(ROW.matcher(page).results()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.group(2)).as(row.group()).isNotBlank();
            assertThat(row.group(3)).as(row.group()).isNotBlank();
            assertThat(NAMED.matcher(row.group(4)).results()).as(row.group()).isNotEmpty();
        });
    }

    @Test
    void namesTestsThatAreThereAndRun() {
        Map<String, String> tests = tests();
        TreeSet<String> missing = new TreeSet<>();
        for (MatchResult named : NAMED.matcher(page).results().toList()) {
            String source = tests.get(named.group(1));
            boolean test = named.group(1).matches(".*(Test|IT|Trial)");
            if (source == null
                    ? test
                    : isSwitchedOff(source) || named.group(2) != null && !hasTest(source, named.group(2))) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean isSwitchedOff(String source) {
        return CLASS_OFF.matcher(source).find();
    }

    /** A method with the annotation of a test before it, after the end of the one above, that is run. */
    private static boolean hasTest(String source, String method) {
        return Pattern.compile("\\b(?:void|Stream<DynamicTest>) %s\\(".formatted(method))
                .matcher(source)
                .results()
                .map(found ->
                        source.substring(Math.max(0, source.lastIndexOf("\n    }\n", found.start())), found.start()))
                .anyMatch(before -> (before.contains("@Test") || before.contains("@ParameterizedTest"))
                        && !OFF.matcher(before).find());
    }

    /** Whoever opens an entry says here what may come in by it. */
    @Test
    void namesEveryEntryThatIsOpened() {
        String access = read(Path.of("src/main/java/org/shuniu/access/AccessConfiguration.java"));
        String opened = access.substring(access.indexOf("authorizeHttpRequests"), access.indexOf("denyAll()"));

        assertThat(ADDRESS.matcher(opened)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet()))
                .hasSizeGreaterThan(10)
                .allSatisfy(address -> assertThat(page).contains("`" + address + "`"));
    }

    private static Map<String, String> tests() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            ThreatModelTest::read,
                            (one, other) -> one + other,
                            TreeMap::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
