package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.shuniu.scenario.WireMessage;
import org.shuniu.signature.SigningKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exchange with another region: lost answers, wrong receipts, lost data, changed keys, old messages, many signatures. */
class ExchangeTrial {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** A removed key or certificate must be dead after it. */
    private static final Duration DEAD = Duration.ofSeconds(60);

    private static final String OF_REGION = "select count(*) from delivery where receiver = 'jiangsu' and state = ?";
    /** Each case is told with its steps, which are messages of their own. */
    private static final String ALL = "select count(*) from delivery where receiver = 'jiangsu'";

    @Test
    void repeatsTheReceiptThatWasLost() {
        int cuts = Trial.count(1000, 30);
        String what = "the answers to %d messages of a region are lost after they were accepted".formatted(cuts);
        try (TrialRegion region = TrialRegion.of("f3");
                Trial trial = Trial.of("F3 exchange", what, region::enter).ready();
                TcpProxy line = new TcpProxy(region.port())) {
            // Of a handshake there is less, of a message more.
            line.cutAnswersAfter(5_000);
            Map<String, String> receipts = new LinkedHashMap<>();
            int replayed = 0;
            for (int sent = 0; replayed < cuts && sent < 3 * cuts; sent++) {
                WireMessage message = region.message(UUID.randomUUID().toString(), trial.newSeed(), "x".repeat(6_000));
                WireMessage.Answer lost = message.send(region.oldTls(), line.port());
                WireMessage.Answer again = message.send(region.tls());
                WireMessage.Answer oncemore = message.send(region.tls());
                replayed += lost.status() == 0 && again.status() == 200 ? 1 : 0;
                receipts.put(message.id(), again.body());
                if (oncemore.status() != 200 || !oncemore.body().equals(again.body())) {
                    trial.blame("%s got %d and another receipt".formatted(message.id(), oncemore.status()));
                }
            }
            trial.awaitQuiet();
            requireReceipts(trial, receipts);
            region.compare(trial, receipts.keySet());
            region.compareLedger(trial);
            trial.note("lines cut", line.cuts()).note("receipts that a first answer lost", replayed);
            assertThat(replayed).isEqualTo(cuts);
            trial.prove();
        }
    }

    /** Blames receipts that are not, byte for byte, those that the hub remembers. */
    private static void requireReceipts(Trial trial, Map<String, String> receipts) {
        Map<String, String> kept = new TreeMap<>();
        trial.database()
                .rows(
                        "select idempotency_key, convert_from(receipt, 'UTF8') from message_key where partner = 'jiangsu'")
                .forEach(row -> kept.put(row.get(0), row.get(1)));
        TrialRegion.blame(
                trial,
                "I1: receipts that the hub does not remember",
                receipts.keySet().stream()
                        .filter(id -> !receipts.get(id).equals(kept.get(id)))
                        .toList());
    }

    @Test
    void believesNoReceiptThatIsNotRightlySigned() {
        int each = Trial.count(60, 3);
        String what = "a region answers 202 without a signature, by another key, for another message, %d times each"
                .formatted(each);
        try (TrialRegion region = TrialRegion.of("f6");
                Trial trial = Trial.of("F6 exchange", what, hub -> {
                    region.enter(hub);
                    TrialRegion.edit(hub, "schedule: \\[.*]", "schedule: [0s, 1s, 1s]");
                    TrialRegion.edit(hub, "failures: 5", "failures: 100000");
                })) {
            trial.ready();
            int cases = 0;
            for (FakeRegion.Fault fault :
                    List.of(FakeRegion.Fault.UNSIGNED, FakeRegion.Fault.OTHER_KEY, FakeRegion.Fault.OTHER_MESSAGE)) {
                region.hub().fault(fault);
                apply(trial, each);
                cases += each;
                await().alias("parked after " + fault)
                        .atMost(PATIENCE)
                        .until(() -> trial.database().count(OF_REGION, "parked")
                                == trial.database().count(ALL));
                trial.note("calls until " + fault, region.hub().calls());
            }
            long parked = trial.database().count(ALL);
            assertThat(parked).isGreaterThanOrEqualTo(cases);
            assertThat(trial.hub().operatorSees("/parked?partner=jiangsu").toString())
                    .contains("the receipt does not count: signature-invalid", "the receipt is not for what was sent");
            String gauge = "shuniu_parked\\{[^}]*partner=\"jiangsu\"[^}]*} %d\\.0".formatted(parked);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(trial.hub().metrics()).containsPattern(gauge));

            region.hub().fault(FakeRegion.Fault.NONE);
            for (HubDatabase.Row row :
                    trial.database().rows("select id from delivery where receiver = 'jiangsu' and state = 'parked'")) {
                trial.hub().operate("/deliveries/%s/replay".formatted(row.get(0)), "");
            }
            trial.awaitQuiet();
            region.compareLedger(trial);
            trial.note("sent again, and known by their ids", region.hub().known())
                    .prove();
        }
    }

    /** The platform hands in what the region decides. */
    private static void apply(Trial trial, int count) {
        for (int i = 0; i < count; i++) {
            trial.platform()
                    .untilAnswered(
                            "/api/v1/applications",
                            UUID.randomUUID().toString(),
                            TrialRegion.decidedThere(trial.newSeed()));
        }
    }

    @Test
    void namesWhatARegionSignedForAndLost() {
        int each = Trial.count(400, 10);
        String what = "a region signs for %d messages, keeps half of them, and is counted".formatted(2 * each);
        try (TrialRegion region = TrialRegion.of("f7");
                Trial trial = Trial.of("F7", what, region::enter).ready()) {
            apply(trial, each);
            trial.awaitQuiet();
            region.hub().fault(FakeRegion.Fault.FORGETFUL);
            apply(trial, each);
            trial.awaitQuiet();
            region.hub().fault(FakeRegion.Fault.NONE);
            List<String> forgotten = region.hub().forgotten();

            JsonNode report = count(trial);

            assertThat(lost(report)).as(report.toString()).containsExactlyElementsOf(forgotten);
            assertThat(forgotten).hasSizeGreaterThanOrEqualTo(each);
            String day = report.path("day").asString();
            trial.hub()
                    .operate("/reconciliation/jiangsu/%s/re-request".formatted(day), "{\"reason\":\"they were lost\"}");
            trial.awaitQuiet();
            region.compareLedger(trial);
            assertThat(region.hub().ledger()).containsAll(forgotten).hasSize((int)
                    trial.database().count(ALL));
            trial.note("named as lost", forgotten.size()).prove();
        }
    }

    private static JsonNode count(Trial trial) {
        String day = JsonMapper.shared()
                .readTree(trial.hub()
                        .operate("/reconciliation/jiangsu/count", "{\"reason\":\"as a trial\"}")
                        .body())
                .path("day")
                .asString();
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> trial.hub()
                                .operatorSees("/reconciliation?date=%s&partner=jiangsu".formatted(day))
                                .path("reports")
                                .path(0),
                        report -> report.path("state").asString("").equals("done"));
    }

    private static List<String> lost(JsonNode report) {
        return report.path("findings")
                .valueStream()
                .filter(finding -> finding.path("kind").asString().equals("lost"))
                .map(finding -> finding.path("messageId").asString())
                .sorted()
                .toList();
    }

    @Test
    void losesNothingWhileKeyAndCertificateChange() {
        int rounds = Trial.count(20, 2);
        String what = "key and certificate of a region change %d times under 20 messages/s".formatted(rounds);
        try (TrialRegion region = TrialRegion.of("f20");
                Trial trial = Trial.of("F20", what, region::enter).ready();
                RegionLoad load = new RegionLoad(trial, region)) {
            load.start(4, 20);
            List<Long> known = new ArrayList<>();
            List<Long> dead = new ArrayList<>();
            String oldKey = "jiangsu-1";
            String oldCertificate = "region";
            for (int round = 2; round < 2 + rounds; round++) {
                String nextKey = "jiangsu-" + round + List.of("-sm2", "-ec", "").get(round % 3);
                String nextCertificate = "certificate-" + round;
                region.make(nextKey, algorithm(nextKey));
                region.register(nextKey);
                region.showNext(nextCertificate);
                known.add(seconds(() -> echo(region, nextKey, nextCertificate) == 200));
                region.change(nextKey, nextCertificate);
                // What is on its way by the old ones arrives.
                Crashes.live(Duration.ofSeconds(2));
                region.remove(oldKey + ".pub");
                region.remove(oldCertificate + ".crt");
                String goneKey = oldKey;
                String goneCertificate = oldCertificate;
                dead.add(seconds(() -> echo(region, goneKey, nextCertificate) == 401
                        && echo(region, nextKey, goneCertificate) == 401));
                oldKey = nextKey;
                oldCertificate = nextCertificate;
            }
            Crashes.live(Duration.ofSeconds(2));
            load.stop();
            trial.awaitQuiet();
            load.answers().keySet().stream()
                    .filter(answer -> !answer.matches("202|200"))
                    .forEach(answer -> trial.blame("the load was answered " + answer));
            requireReceipts(trial, load.receipts());
            region.compare(trial, load.receipts().keySet());
            trial.note("known after s", known)
                    .note("dead after s", dead)
                    .note("answers to the region", load.answers())
                    .prove();
        }
    }

    private static String algorithm(String keyid) {
        return keyid.endsWith("sm2") ? "sm2-sm3" : keyid.endsWith("ec") ? "ecdsa-p256-sha256" : "ed25519";
    }

    private static long seconds(Callable<Boolean> condition) {
        long begin = System.nanoTime();
        await().pollInterval(Duration.ofSeconds(1)).atMost(DEAD).until(condition);
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }

    private static int echo(TrialRegion region, String keyid, String certificate) {
        return echo(region, region.key(keyid)).send(region.tls(certificate)).status();
    }

    private static WireMessage echo(TrialRegion region, SigningKey key) {
        return WireMessage.posted(
                region.base(), key, "/echo", UUID.randomUUID().toString(), "application/cloudevents+json", "{\"a\":1}");
    }

    @Test
    void knowsAMessageMoreThanAYearLater() {
        int messages = Trial.count(1000, 20);
        String what = "%d messages of a region are sent again 30 and 400 days later".formatted(messages);
        try (TrialRegion region = TrialRegion.of("f29");
                Trial trial = Trial.of("F29 exchange", what, region::enter).ready()) {
            List<WireMessage> sent = new ArrayList<>();
            Map<String, String> receipts = new LinkedHashMap<>();
            for (int i = 0; i < messages; i++) {
                WireMessage message = region.message(UUID.randomUUID().toString(), trial.newSeed());
                WireMessage.Answer first = message.send(region.tls());
                assertThat(first.status()).as(first.body()).isEqualTo(202);
                sent.add(message);
                receipts.put(message.id(), first.body());
            }
            trial.awaitQuiet();
            for (int days : List.of(30, 370)) {
                age(trial.database(), days);
                trial.hub().terminate();
                trial.hub().start();
                Crashes.live(Duration.ofSeconds(2));
                for (WireMessage message : sent) {
                    WireMessage.Answer again = message.created(Instant.now()).send(region.tls());
                    assertThat(again.status()).as(again.body()).isEqualTo(200);
                    assertThat(again.body()).isEqualTo(receipts.get(message.id()));
                }
            }
            trial.awaitQuiet();
            region.compare(trial, receipts.keySet());
            region.compareLedger(trial);
            trial.prove();
        }
    }

    /** What was signed says its own time, and no row of the evidence is touched. */
    private static void age(HubDatabase database, int days) {
        Map.of(
                        "message_key", "accepted_at",
                        "message", "accepted_at",
                        "exchange_message", "accepted_at",
                        "exchange_sent", "accepted_at",
                        "delivery", "created_at",
                        "case_file", "received_at",
                        "answer", "received_at")
                .forEach((table, column) ->
                        database.update("update %s set %s = %2$s - interval '%d days'".formatted(table, column, days)));
    }

    @Test
    void hasOneEffectOfEachMessageHoweverLeasesEnd() throws Exception {
        int messages = Trial.count(400, 40);
        String what = "two pullers fetch %d messages and sign late, while their leases end".formatted(messages);
        try (TrialRegion region = TrialRegion.of("f30");
                Trial trial = Trial.of("F30", what, hub -> {
                    region.enter(hub);
                    TrialRegion.edit(hub, "directions: \\[push]", "directions: [pull]");
                    TrialRegion.edit(hub, "(?m)^reconciliation: .*$", "# A region that is not called is not counted.");
                })) {
            trial.ready();
            apply(trial, messages);
            HubDatabase database = trial.database();
            int all = (int) database.count(ALL);
            Pullers pullers = new Pullers(trial, region);
            pullers.fetch(all, PATIENCE);
            trial.awaitQuiet();
            assertThat(pullers.answers().keySet()).containsExactlyInAnyOrder("200", "409 lease-lost");
            assertThat(all).isGreaterThanOrEqualTo(messages);
            assertThat(pullers.ledger()).hasSize(all);
            assertThat(database.count(OF_REGION, "delivered")).isEqualTo(all);
            assertThat(database.rows("select message_id from exchange_evidence where direction = 'sent'").stream()
                            .map(row -> row.get(0)))
                    .containsExactlyInAnyOrderElementsOf(pullers.ledger());
            trial.note("handed out", pullers.handedOut())
                    .note("answers to receipts", pullers.answers())
                    .prove();
        }
    }

    @Test
    void judgesEverySignatureRightFromManyThreads() throws Exception {
        Duration length = Trial.length(Duration.ofMinutes(10), Duration.ofSeconds(15));
        String what =
                "64 threads send right and wrong signatures of three algorithms for %d s".formatted(length.toSeconds());
        try (TrialRegion region = TrialRegion.of("h44");
                Trial trial = Trial.of("H44", what, region::enter)) {
            List<SigningKey> keys = new ArrayList<>();
            for (String keyid : List.of("many-sm2", "many-ec", "many")) {
                region.make(keyid, algorithm(keyid));
                region.register(keyid);
                keys.add(region.key(keyid));
            }
            trial.ready();
            Map<String, Integer> verdicts = new TreeMap<>();
            ExecutorService threads = Executors.newFixedThreadPool(64);
            try {
                List<Callable<Map<String, Integer>>> callers = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    SigningKey key = keys.get(i % keys.size());
                    boolean right = i % 2 == 0;
                    callers.add(() -> verdicts(region, key, right, length));
                }
                for (Future<Map<String, Integer>> caller : threads.invokeAll(callers)) {
                    caller.get().forEach((verdict, times) -> verdicts.merge(verdict, times, Integer::sum));
                }
            } finally {
                threads.shutdownNow();
            }
            trial.note("verdicts", verdicts);
            assertThat(verdicts.keySet()).containsOnly("right 200", "wrong 401");
            trial.prove();
        }
    }

    private static Map<String, Integer> verdicts(TrialRegion region, SigningKey key, boolean right, Duration length) {
        Map<String, Integer> verdicts = new TreeMap<>();
        for (long end = System.nanoTime() + length.toNanos(); System.nanoTime() < end; ) {
            WireMessage message = echo(region, key);
            if (!right) {
                message.signedBefore();
            }
            int status = message.send(region.tls()).status();
            verdicts.merge((right ? "right " : "wrong ") + status, 1, Integer::sum);
        }
        return verdicts;
    }
}
