package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Routes, mappings, tables and partners are exchanged again and again under load. It measures, so no other trial runs beside it. */
@Tag("alone")
class SwapTrial {

    /** The number that was asked for, at every scale. */
    private static final int SWAPS = 100;

    private static final int BROKEN_EVERY = 20;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final String REASON = "{\"reason\":\"trial\"}";
    private static final String LATEST = """
            select coalesce(round(1000 * max(extract(epoch from settled_at - created_at))), 0) from delivery
            where settled_at is not null and created_at >= ?::timestamptz and not enriched
            """;

    @Test
    void losesDoublesAndDelaysNothing() throws Exception {
        try (Trial trial =
                Trial.of("hot swap", "%d swaps under load".formatted(SWAPS)).ready()) {
            trial.platform().start(4, 20);
            Crashes.live(Duration.ofSeconds(10));
            String from = trial.database().rows("select now()").get(0).get(0);
            List<Long> took = new ArrayList<>();
            String first = inForce(trial);
            for (int i = 1; i <= SWAPS; i++) {
                if (i % BROKEN_EVERY == 0) {
                    refuse(trial);
                }
                long began = System.nanoTime();
                HttpResponse<String> answer = swap(trial, i, first);
                took.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
                assertThat(answer.statusCode())
                        .as("swap %d: %s", i, answer.body())
                        .isEqualTo(200);
                assertThat(JsonMapper.shared()
                                .readTree(answer.body())
                                .path("changed")
                                .asBoolean())
                        .as("swap %d: %s", i, answer.body())
                        .isTrue();
            }
            trial.platform().stop();
            trial.awaitQuiet();
            long latest = trial.database().count(LATEST, from);
            trial.note(
                    "swaps", trial.database().count("select count(*) from configuration_swap where kind <> 'start'"));
            trial.note(
                    "refused",
                    trial.database().count("select count(*) from audit where action = 'configuration-refused'"));
            trial.note("longest swap ms", Collections.max(took));
            trial.note("longest delivery ms", latest);
            if (latest > LONGEST.toMillis()) {
                trial.blame("a delivery took %d ms, expected %d at most".formatted(latest, LONGEST.toMillis()));
            }
            if (trial.platform().answers("503") > 0 || trial.platform().answers("none") > 0) {
                trial.blame("the platform was turned away: " + trial.platform().answers());
            }
            trial.prove();
        }
    }

    /** In turn: a route, a mapping's table, a partner, back to what there was at first. */
    private static HttpResponse<String> swap(Trial trial, int number, String first) throws IOException {
        switch (number % 4) {
            case 1 ->
                edit(
                        trial,
                        "routes/economy/forward-application.camel.yaml",
                        "(?s)(value: application\\n).*",
                        "$1      - name: parallel\n        value: \"%d\"\n".formatted(2 + number % 3));
            case 2 ->
                edit(trial, "mappings/economy/codes/channel.csv", "(?m)^4,[A-Z0-9]+,", "4,POST%d,".formatted(number));
            case 3 ->
                edit(
                        trial,
                        "routes/healthcare-security/partner.yaml",
                        "(?m)^  deadline: .*$",
                        "  deadline: 3%03dms".formatted(number));
            default -> {
                return trial.hub().engineer("/%s/rollback".formatted(first), REASON);
            }
        }
        return trial.hub().engineer("", REASON);
    }

    private static void refuse(Trial trial) throws IOException {
        Path file = trial.hub().directory().resolve("mappings/economy/application.out.yaml");
        String right = Files.readString(file);
        Files.writeString(file, right.replace("codes: channel,", "codes: canal,"));
        HttpResponse<String> answer = trial.hub().engineer("", REASON);
        Files.writeString(file, right);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("mappings/economy/application.out.yaml");
    }

    private static String inForce(Trial trial) {
        JsonNode swaps = trial.hub().operatorSees("/swap");
        return swaps.at("/swaps/0/version").stringValue();
    }

    private static void edit(Trial trial, String name, String pattern, String replacement) throws IOException {
        Path file = trial.hub().directory().resolve(name);
        String before = Files.readString(file);
        String after = before.replaceFirst(pattern, replacement);
        assertThat(after).as(name).isNotEqualTo(before);
        Files.writeString(file, after);
    }
}
