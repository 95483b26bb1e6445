package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Departments answer badly, late or not at all. */
class DepartmentTrial {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Who is asked what it counted is called without a delivery, and such a call is no attempt. */
    private static final String COUNTING = "reconciliation:\\R(?:  .*\\R)+";

    private static final String SCHEDULE = "schedule: [0s, 1s, 2s, 4s, 8s, 8s, 8s, 8s, 8s, 8s, 8s, 8s]";

    @Test
    void followsTheScheduleAndOpensTheCircuit() throws Exception {
        Duration outage = Trial.length(Duration.ofMinutes(3), Duration.ofSeconds(8));
        String what = "a department is away in five ways, %d s each (an hour, the schedule shortened with it)"
                .formatted(outage.toSeconds());
        try (TcpProxy line = new TcpProxy(1);
                Trial trial = Trial.of("F5", what, hub -> {
                    hub.edit("economy", COUNTING, "");
                    hub.edit("economy", "schedule: \\[.*]", SCHEDULE);
                    hub.edit("economy", "failures: 5", "failures: 100");
                    hub.set("shuniu.partners.economy.address", line.address() + "/economy");
                })) {
            trial.ready();
            line.refuse(true);
            trial.platform().items(LoadDriver.ECONOMY).send(1, 1);
            await().atMost(PATIENCE).until(() -> line.connections().size() >= 5);
            trial.note("gaps between attempts in ms", gaps(line)).note("schedule", SCHEDULE);
            assertThat(gaps(line).get(2)).as("the third wait is about 4 s").isGreaterThan(2_900);

            trial.hub().edit("economy", "failures: 100", "failures: 5");
            trial.hub().edit("economy", "schedule: \\[.*]", "schedule: [0s, " + "1s, ".repeat(200) + "1s]");
            trial.platform().items(LoadDriver.MIX.toArray(String[]::new));
            outage(trial, "connection reset", line.address() + "/economy", "none", outage);
            outage(trial, "name unknown", "http://nowhere.invalid/economy", "none", outage);
            outage(trial, "no TLS there", trial.departments().address().replace("http", "https"), "none", outage);
            outage(trial, "503 and busy", null, "error", outage);
            trial.hub().terminate();
            trial.departments().mend();
            trial.hub().start();
            trial.awaitQuiet();
            outage(trial, "time-out", null, "slow", outage);
            trial.departments().mend();
            trial.prove();
        }
    }

    private static List<Long> gaps(TcpProxy line) {
        List<Long> gaps = new ArrayList<>();
        List<Long> at = line.connections();
        for (int i = 1; i < at.size(); i++) {
            gaps.add(Duration.ofNanos(at.get(i) - at.get(i - 1)).toMillis());
        }
        return gaps;
    }

    /** One way of being away under load; the others must be delivered meanwhile and the circuit must be seen open. */
    private static void outage(Trial trial, String word, String address, String fault, Duration length) {
        trial.hub().terminate();
        trial.hub().unset("shuniu.partners.economy.address");
        if (address != null) {
            trial.hub().set("shuniu.partners.economy.address", address);
        }
        trial.departments().fault("economy", fault, 8);
        trial.hub().start();
        trial.hub().operate("/partners/economy/resume", "{\"reason\":\"trial\"}");
        int done = trial.departments().ledger("economy").size();
        int others = trial.departments().ledger("healthcare-security").size();
        trial.platform().start(4, 15);
        await().alias("the circuit opens with: " + word)
                .atMost(PATIENCE)
                .until(() -> trial.hub().operatorSees("/partners").toString().contains("circuit"));
        Crashes.live(length);
        trial.platform().stop();
        await().alias("others are delivered with: " + word)
                .atMost(PATIENCE)
                .until(() -> trial.departments().ledger("healthcare-security").size() > others);
        if (!fault.equals("slow")) {
            assertThat(trial.departments().ledger("economy"))
                    .as("effects with: " + word)
                    .hasSize(done);
        }
        trial.note(word, "circuit opened, others delivered");
    }

    @Test
    void takesNothingForDeliveredThatIsNotAnswered() {
        String what = "a department answers garbage, then works and never answers";
        try (Trial trial = Trial.of("F6", what).ready()) {
            trial.departments().fault("economy", "garbage");
            trial.platform().items(LoadDriver.ECONOMY).send(10, 2);
            await().alias("parked").atMost(PATIENCE).until(() -> parked(trial).size() >= 10);
            assertThat(delivered(trial)).as("delivered on garbage").isZero();
            assertThat(trial.departments().ledger("economy")).isEmpty();
            trial.departments().fault("economy", "timeout-after-work", 30);
            trial.platform().send(10, 2);
            await().atMost(PATIENCE)
                    .until(() -> trial.departments().ledger("economy").size() >= 4);
            assertThat(delivered(trial)).as("delivered without an answer").isZero();
            trial.departments().mend();
            parked(trial).forEach(id -> trial.hub().operate("/deliveries/%s/replay".formatted(id), "{}"));
            trial.note("parked on garbage, replayed", 10).prove();
        }
    }

    private static long delivered(Trial trial) {
        return trial.database()
                .count("select count(*) from delivery where receiver = 'economy' and state = 'delivered'");
    }

    private static List<String> parked(Trial trial) {
        return trial.database().rows("select id from delivery where state = 'parked'").stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Test
    void drainsABacklogInOrderWhenTheDepartmentIsBack() {
        int backlog = Trial.count(100_000, 3_000);
        String what = "a department comes back after a backlog of %d, the hub was killed meanwhile".formatted(backlog);
        try (Trial trial = Trial.of("F8", what).ready()) {
            trial.departments().fault("economy", "down");
            trial.platform().items(LoadDriver.ECONOMY).send(backlog, 16);
            long waiting = trial.pending();
            assertThat(waiting).isGreaterThanOrEqualTo(backlog);
            trial.hub().kill();
            trial.hub().start();
            trial.note(
                    "start after kill -9 with the backlog ms",
                    trial.hub().longestStart().toMillis());
            trial.departments().mend();
            long begin = System.nanoTime();
            trial.awaitQuiet();
            long seconds =
                    Math.max(1, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
            trial.note("backlog", waiting)
                    .note("drained a second", waiting / seconds)
                    .prove();
        }
    }

    @Test
    void comesBackNoSoonerThanABusyDepartmentAsks() {
        try (FakeEconomy busy = new FakeEconomy(429, 4, request -> "{}");
                Trial trial = Trial.of("F8 429", "a department answers 429 with Retry-After: 4", hub -> {
                    hub.set("shuniu.partners.economy.address", busy.address());
                    hub.edit("economy", COUNTING, "");
                    hub.edit("economy", "failures: 5", "failures: 100");
                })) {
            trial.ready();
            trial.platform().items(LoadDriver.ECONOMY).send(1, 1);
            await().atMost(PATIENCE).until(() -> busy.calls().size() >= 3);
            List<Long> calls = busy.calls();
            List<Long> gaps = List.of(
                    Duration.ofNanos(calls.get(1) - calls.get(0)).toMillis(),
                    Duration.ofNanos(calls.get(2) - calls.get(1)).toMillis());
            assertThat(gaps).allSatisfy(gap -> assertThat(gap).isGreaterThan(3_900));
            trial.hub().terminate();
            trial.hub().unset("shuniu.partners.economy.address");
            trial.hub().start();
            trial.note("gaps between calls in ms", gaps).prove();
        }
    }

    @Test
    void believesNoSuccessForAnotherCase() {
        try (FakeEconomy liar = new FakeEconomy(200, null, DepartmentTrial::anotherCase);
                Trial trial = Trial.of(
                        "F10",
                        "a department answers success for a case that it was not asked about",
                        hub -> hub.set("shuniu.partners.economy.address", liar.address()))) {
            trial.ready();
            Journal.Receipt receipt = trial.platform()
                    .untilAnswered(
                            "/api/v1/applications",
                            UUID.randomUUID().toString(),
                            trial.newSeed().application(LoadDriver.ECONOMY));
            await().alias("parked with its reason")
                    .atMost(PATIENCE)
                    .until(() -> trial.hub().operatorSees("/parked").toString().contains("another case"));
            String status = trial.database()
                    .rows("select status from case_file where case_no = ?", receipt.caseNo())
                    .get(0)
                    .get(0);
            String state = trial.database()
                    .rows("select state from delivery where receiver = 'economy'")
                    .get(0)
                    .get(0);
            List<String> faults = new ArrayList<>();
            if (!status.equals("30")) {
                faults.add("the case was moved to %s by an answer about another".formatted(status));
            }
            if (state.equals("delivered")) {
                faults.add("the delivery counts as delivered by an answer that was not believed");
            }
            trial.note("status of the case", status)
                    .note("state of the delivery", state)
                    .report(faults);
            assertThat(faults).isEmpty();
        }
    }

    private static String anotherCase(String request) {
        JsonNode asked = JsonMapper.shared().readTree(request);
        return """
            {"success":true,"code":"200","message":"ok","data":{"requestId":"%s","applyNo":"3120260101999999999",\
            "acceptNo":"X1","state":"DONE","resultText":"ok","finishTime":"2026-01-01 10:00:00","handler":"x"}}\
            """.formatted(asked.path("requestId").asString());
    }

    @Test
    void parksPoisonAndReplaysItWhenTheMappingIsMended() throws Exception {
        try (Trial trial = Trial.of("F11", "a mapping that fails for one kind of message, mended and replayed")) {
            Path mapping = trial.hub().directory().resolve("mappings/economy/application.out.yaml");
            String right = Files.readString(mapping);
            Files.writeString(
                    mapping,
                    right.replace(
                            "  - {target: requestId,",
                            "  - {target: purpose2, expression: '$lookup({\"a\": 1}, \"b\")', required: true, when:"
                                    + " document.form.remark = \"poison\"}\n"
                                    + "  - {target: requestId,"));
            trial.ready();
            trial.platform().start(4, 20);
            for (int i = 0; i < 5; i++) {
                String poison = trial.newSeed()
                        .application(LoadDriver.ECONOMY)
                        .replaceAll("\"remark\":\"[^\"]*\"", "\"remark\":\"poison\"");
                assertThat(trial.platform()
                                .untilAnswered(
                                        "/api/v1/applications",
                                        UUID.randomUUID().toString(),
                                        poison))
                        .isNotNull();
            }
            await().alias("poison parked")
                    .atMost(PATIENCE)
                    .until(() -> parked(trial).size() == 5);
            trial.platform().stop();
            await().alias("neighbours flow").atMost(PATIENCE).until(() -> trial.pending() == 0);
            trial.hub().terminate();
            Files.writeString(mapping, right);
            trial.hub().start();
            parked(trial).forEach(id -> trial.hub().operate("/deliveries/%s/replay".formatted(id), "{}"));
            trial.note("poison parked and replayed", 5).prove();
        }
    }
}
