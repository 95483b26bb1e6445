package org.shuniu.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as it starts: beside the hub a second one, a province's, with which it exchanges cases. */
class SecondHubTrial {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int CASES = 3;
    private static final int PORTS_ABOVE = 613;
    private static final List<String> DEPARTMENTS = List.of("human-resources", "healthcare-security");

    @TempDir
    Path directory;

    /** A hub as its own database and its partners' ledgers show it. */
    private record Side(Path data, String neighbour) {

        JdbcTemplate sql() {
            return new JdbcTemplate(new DriverManagerDataSource(
                    "jdbc:postgresql://127.0.0.1:%s/shuniu"
                            .formatted(server(data).get(3)),
                    "postgres",
                    ""));
        }

        /** Its own cases that the neighbour has decided. */
        List<String> decided() {
            return sql().queryForList(
                            "select case_no from case_file where receiver = ? and status = '60'",
                            String.class,
                            neighbour);
        }

        /** The number that a case of the neighbour's has here. */
        String known(String theirs) {
            return sql().queryForObject("""
                            select m.case_no from sender_case s join message m on m.id = s.message_id
                            where s.partner = ? and s.sender_case_no = ?
                            """, String.class, neighbour, theirs);
        }

        String message(String caseNo) {
            return sql().queryForObject(
                            "select application_id::text from case_file where case_no = ?", String.class, caseNo);
        }

        /** What was signed of a message, in its order. */
        List<String> signed(String message, String direction) {
            return sql().queryForList(
                            "select encode(evidence, 'escape') from exchange_evidence where message_id = ? and direction = ? order by kind",
                            String.class,
                            message,
                            direction);
        }

        long effects(String partner, String caseNo, String effect) {
            try {
                return Files.readAllLines(data.resolve("ledger/%s.jsonl".formatted(partner))).stream()
                        .map(line -> JsonMapper.shared().readTree(line))
                        .filter((JsonNode entry) ->
                                entry.path("caseNo").asString("").equals(caseNo))
                        .filter(entry -> entry.path("effect").asString("").equals(effect))
                        .count();
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }
    }

    @Test
    void exchangesCasesBothWaysIsStartedAgainAndEndsWithTheFirst() {
        Side city = new Side(directory.resolve("data"), "zhejiang");
        Side province = new Side(directory.resolve("data/zhejiang"), "shanghai");
        try (JarProcess hub = new JarProcess(directory)) {
            hub.start(
                    "--shuniu.simulator.traffic.enabled=false",
                    "--shuniu.simulator.province.enabled=true",
                    "--shuniu.simulator.province.every=500ms",
                    "--shuniu.simulator.province.ports-above=" + PORTS_ABOVE);

            for (Side side : List.of(city, province)) {
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> side.decided().size() >= CASES);
            }
            requireTheSameOnBothSides(city, province);
            requireTheSameOnBothSides(province, city);

            ProcessHandle killed = second(hub).orElseThrow();
            killed.destroyForcibly();
            await().atMost(PATIENCE).until(() -> !killed.isAlive());
            await().atMost(PATIENCE).ignoreExceptions().until(() -> isUp(hub));
            ProcessHandle next = second(hub).orElseThrow();
            hub.kill();

            await().atMost(PATIENCE).until(() -> !next.isAlive());
            assertThat(province.data().resolve("postgres/postmaster.pid")).doesNotExist();
        } finally {
            List.of(city, province).forEach(side -> stopDatabase(side.data()));
        }
    }

    /** One effect of each case where it is decided, one result where it came from, and the same signed steps. */
    private static void requireTheSameOnBothSides(Side owner, Side decider) {
        for (String caseNo : owner.decided()) {
            String there = decider.known(caseNo);
            assertThat(DEPARTMENTS.stream()
                            .mapToLong(department -> decider.effects(department, there, "application"))
                            .sum())
                    .as("effects of %s", there)
                    .isEqualTo(1);
            String message = owner.message(caseNo);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(owner.effects("acceptance-platform", caseNo, "result"))
                        .isEqualTo(1);
                assertThat(owner.signed(message, "sent")).hasSize(3).isEqualTo(decider.signed(message, "received"));
            });
        }
    }

    private static boolean isUp(JarProcess hub) throws IOException {
        HttpURLConnection call = (HttpURLConnection)
                URI.create(hub.hub(PORTS_ABOVE) + "/actuator/health").toURL().openConnection();
        return call.getResponseCode() == 200;
    }

    private static Optional<ProcessHandle> second(JarProcess hub) {
        return hub.handle()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst();
    }

    /** The lines of the database server's own file. */
    private static List<String> server(Path data) {
        try {
            return Files.readAllLines(data.resolve("postgres/postmaster.pid"));
        } catch (IOException notRunning) {
            throw new UncheckedIOException(notRunning);
        }
    }

    /** What a killed hub leaves behind. */
    private static void stopDatabase(Path data) {
        if (Files.exists(data.resolve("postgres/postmaster.pid"))) {
            ProcessHandle.of(Long.parseLong(server(data).get(0).strip())).ifPresent(server -> {
                server.destroy();
                await().atMost(PATIENCE).until(() -> !server.isAlive());
            });
        }
    }
}
