package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every item of the catalogue travels: to the department that decides it, and its result back to the citizen. */
class AllItemsTest {

    private static final int ITEMS = 169;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void travelsToItsDepartmentAndItsResultComesBack() throws IOException {
        Map<String, String> partners = deciders();
        Map<String, String> cases = new LinkedHashMap<>();
        for (String item : partners.keySet()) {
            cases.put(item, hub.caseOf(Applications.atCounter(item, ",\"form\":{\"purpose\":\"办理\"}")));
        }

        cases.values().forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        // What is asked about a fee is due later.
        await().atMost(PATIENCE).until(() -> pending("due_at < now() + interval '10 minutes'") == 0);

        Map<String, Map<String, Integer>> table = new TreeMap<>();
        cases.forEach((item, caseNo) -> {
            String partner = partners.get(item);
            assertThat(hub.effects(partner, caseNo))
                    .as("what %s did with item %s", partner, item)
                    .containsOnlyOnce("application");
            assertThat(hub.effects("acceptance-platform", caseNo))
                    .as("what the platform heard of item %s", item)
                    .containsOnlyOnce("result");
            table.computeIfAbsent(partner, first -> new TreeMap<>()).merge(hub.status(caseNo), 1, Integer::sum);
        });
        System.out.println("items by department and outcome: " + table);
        assertThat(cases).hasSize(ITEMS);
        assertThat(table).hasSize(11);
    }

    private static long pending(String which) {
        return hub.sql()
                .queryForObject("select count(*) from delivery where state = 'pending' and " + which, Long.class);
    }

    /** The partner that decides each item today, by the catalogue's data alone. */
    private static Map<String, String> deciders() throws IOException {
        Map<String, String> byCode = new TreeMap<>();
        rows("departments.csv").forEach(row -> byCode.put(row[1], row[0]));
        Map<String, String> deciders = new LinkedHashMap<>();
        rows("routing.csv").stream()
                .filter(row -> row.length < 5 || row[4].isEmpty())
                .forEach(row -> deciders.put(row[0], byCode.get(row[1])));
        return deciders;
    }

    private static List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(Path.of("mappings/catalogue", file)).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
    }
}
