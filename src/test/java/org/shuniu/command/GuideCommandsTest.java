package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.pattern.PathPatternParser;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every command that a document shows is one: the jar's as its command line reads them, the API's as the hub serves them. */
class GuideCommandsTest {

    private static final Path GUIDE = Path.of("docs/debug-a-stuck-case.md");
    private static final Pattern JAR = Pattern.compile("java -jar (?:target/)?shuniu\\.jar ([^`\\n|>&]+)");
    /** A page that is followed whole by a test of its own. */
    private static final String FOLLOWED = "docs/add-a-department.md";

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```$");
    private static final Pattern ASK = Pattern.compile("ask \"?(/[^\" ?]*)(\\?[^\"]*)?\"?");
    private static final Pattern TELL = Pattern.compile("tell \"?(/[^\" ]*)\"? (?:'(.*)'|\"(.*)\")");

    /** One entry of the hub. */
    private record Entry(RequestMethod method, String path) {
        boolean serves(RequestMethod called, String address) {
            return method == called && new PathPatternParser().parse(path).matches(PathContainer.parsePath(address));
        }
    }

    @TestFactory
    Stream<DynamicTest> showTheJarsCommandsAsItTakesThem() throws IOException {
        return documents()
                .flatMap(document -> JAR.matcher(read(document).replaceAll("\\\\\n\\s*", ""))
                        .results()
                        .map(found -> found.group(1).strip())
                        .map(command ->
                                DynamicTest.dynamicTest(document + ": " + command, () -> requireKnown(command))));
    }

    private static void requireKnown(String command) {
        List<String> words = WORD.matcher(command)
                .results()
                .map(word -> word.group().replace("\"", ""))
                .filter(word -> !word.matches("--[a-z-]+\\.[^ ]*"))
                .toList();
        if (words.isEmpty() || words.get(0).startsWith("--")) {
            return;
        }
        CommandLine line = Commands.line(new String[0], InputStream.nullInputStream(), System.out, System.err);
        if (words.size() == 1) {
            // In the middle of a sentence it only names what it speaks of.
            assertThat(line.getSubcommands()).containsKey(words.get(0));
        } else {
            assertThat(line.parseArgs(words.toArray(String[]::new)).hasSubcommand())
                    .isTrue();
        }
    }

    /** What needs neither hub nor database is run. */
    @Test
    void showTranslationsThatAreMade() throws IOException {
        List<String> shown = documents()
                .filter(document -> !document.endsWith(FOLLOWED))
                .flatMap(GuideCommandsTest::blocks)
                .filter(line -> line.startsWith("java -jar target/shuniu.jar map "))
                .distinct()
                .toList();

        assertThat(shown).isNotEmpty().allSatisfy(line -> {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
            String[] words = line.replace("java -jar target/shuniu.jar ", "").split(" ");
            assertThat(Commands.run(out, out, words))
                    .as(said.toString(StandardCharsets.UTF_8))
                    .isZero();
        });
    }

    @Test
    void askAndTellWhatTheHubServes() {
        List<Entry> entries = entries();
        List<String> lines = blocks(GUIDE)
                .filter(line -> line.startsWith("ask ") || line.startsWith("tell "))
                .toList();

        assertThat(lines).hasSizeGreaterThan(15).allSatisfy(line -> {
            Matcher ask = ASK.matcher(line);
            Matcher tell = TELL.matcher(line);
            assertThat(ask.matches() || tell.matches()).isTrue();
            RequestMethod method = ask.matches() ? RequestMethod.GET : RequestMethod.POST;
            String address = "/ops/v1" + (ask.matches() ? ask : tell).group(1);
            assertThat(entries).anyMatch(entry -> entry.serves(method, address));
            if (tell.matches()) {
                assertThat(said(tell).properties())
                        .isNotEmpty()
                        .allSatisfy(
                                field -> assertThat(field.getValue().asString()).isNotBlank());
                assertThat(said(tell).has("reason")).isTrue();
            }
        });
    }

    private static JsonNode said(Matcher tell) {
        String json = tell.group(2) == null ? tell.group(3).replace("\\\"", "\"") : tell.group(2);
        return JsonMapper.shared().readTree(json);
    }

    private static List<Entry> entries() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        List<Entry> entries = new ArrayList<>();
        scan.findCandidateComponents("org.shuniu").forEach(found -> {
            Class<?> type = ClassUtils.resolveClassName(found.getBeanClassName(), null);
            for (String root : paths(AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class))) {
                for (var method : type.getDeclaredMethods()) {
                    RequestMapping entry = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                    if (entry != null) {
                        paths(entry)
                                .forEach(path -> Stream.of(entry.method())
                                        .forEach(verb -> entries.add(new Entry(verb, root + path))));
                    }
                }
            }
        });
        return entries;
    }

    private static List<String> paths(RequestMapping mapping) {
        return mapping == null || mapping.path().length == 0 ? List.of("") : List.of(mapping.path());
    }

    private static Stream<String> blocks(Path document) {
        return BLOCK.matcher(read(document))
                .results()
                .map(block -> block.group(1))
                .flatMap(String::lines);
    }

    private static Stream<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>(List.of(Path.of("README.md")));
        for (String root : List.of("docs", "routes", "mappings", "exchange", "docker")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(all::add);
            }
        }
        return all.stream();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
