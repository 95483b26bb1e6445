package org.shuniu.handout;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.shuniu.document.DocumentReader;
import org.shuniu.fault.StrictYaml;
import org.shuniu.mapping.Verdict;
import tools.jackson.databind.JsonNode;

/** What the page says of the hub is what the hub does, and is said in both languages. */
class WordsOfTheHubTest {

    private static final Pattern READ = Pattern.compile("(?m)^\\| `(message|delivery|case)` \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z][A-Za-z]*)`");

    @Test
    void tellsEveryAnswerToACallback() throws IOException {
        JsonNode api = StrictYaml.read(Files.readString(Path.of("src/main/resources/static/openapi.yaml")));
        Set<String> answers = new TreeSet<>(api.path("paths")
                .path("/callback/v1/{partner}")
                .path("post")
                .path("responses")
                .propertyNames());

        assertThat(answers.remove("202")).isTrue();
        assertThat(HubAnswers.all().keySet()).containsExactlyInAnyOrderElementsOf(answers);
        assertThat(DocumentReader.LARGEST).isEqualTo(256 * 1024);
    }

    @Test
    void tellsWhatEachVerdictMeans() {
        List<NamedCsvRecord> meanings = Places.rows("meanings.csv");

        assertThat(Arrays.stream(Verdict.values())
                        .map(verdict -> verdict.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .allSatisfy(verdict -> assertThat(meanings)
                        .anyMatch(row -> row.getField("is").equals(verdict)
                                && row.getField("document").isEmpty()));
        assertThat(meanings)
                .allSatisfy(row ->
                        assertThat(row.getFields()).hasSize(5).last().asString().isNotBlank());
        assertThat(meanings).noneMatch(row -> row.getField("zh").isBlank());
    }

    @Test
    void namesEveryPlaceThatAMappingMayRead() throws IOException {
        Set<String> named = Places.rows("places.csv").stream()
                .map(row -> row.getField("place"))
                .collect(Collectors.toSet());
        String readme = Files.readString(Path.of("mappings/README.md"));

        List<String> places = READ.matcher(readme)
                .results()
                .flatMap(row -> NAME.matcher(row.group(2)).results().map(name -> row.group(1) + "." + name.group(1)))
                .toList();
        assertThat(places).hasSizeGreaterThan(20);
        assertThat(named).containsAll(places);
    }
}
