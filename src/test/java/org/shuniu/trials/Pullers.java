package org.shuniu.trials;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.shuniu.scenario.WireMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two processes of a region that fetch the same inbox, work slowly, and whose leases end under them. */
final class Pullers {

    private static final int PULLERS = 2;
    private static final int SLOWEST_MILLIS = 150;
    private static final String END_LEASES = """
            update exchange_sent set lease_until = now() - interval '1 second'
            where settled_at is null and lease_until > now() and random() < 0.5
            """;

    private final Trial trial;
    private final TrialRegion region;
    private final Set<String> ledger = ConcurrentHashMap.newKeySet();
    private final AtomicInteger handedOut = new AtomicInteger();
    private final Map<String, Integer> answers = new TreeMap<>();

    Pullers(Trial trial, TrialRegion region) {
        this.trial = trial;
        this.region = region;
    }

    /** Until the region has signed for so many messages. */
    void fetch(int messages, Duration longest) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PULLERS);
        long end = System.nanoTime() + longest.toNanos();
        try {
            List<Callable<Void>> pullers = new ArrayList<>();
            for (int i = 0; i < PULLERS; i++) {
                Random random = new Random(i);
                pullers.add(() -> {
                    while (signed() < messages && System.nanoTime() < end) {
                        pull(random);
                    }
                    return null;
                });
            }
            for (Future<Void> puller : threads.invokeAll(pullers)) {
                puller.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private long signed() {
        return trial.database().count("select count(*) from exchange_sent where settled_at is not null");
    }

    private void pull(Random random) {
        WireMessage.Answer answer = region.reading("/inbox?max=5&wait=1").send(region.tls());
        JsonNode inbox = JsonMapper.shared().readTree(answer.body());
        for (JsonNode message : inbox.path("messages")) {
            String id = message.path("messageId").asString();
            handedOut.incrementAndGet();
            // Its effect, by its id: a second time there is none.
            ledger.add(id);
            Crashes.live(Duration.ofMillis(random.nextInt(SLOWEST_MILLIS)));
            trial.database().update(END_LEASES);
            count(region.acceptance(
                            id,
                            message.path("contentDigest").asString(),
                            inbox.path("lease").asString())
                    .send(region.tls()));
        }
    }

    private void count(WireMessage.Answer answer) {
        synchronized (answers) {
            answers.merge("%d %s".formatted(answer.status(), answer.problem()).strip(), 1, Integer::sum);
        }
    }

    Set<String> ledger() {
        return ledger;
    }

    int handedOut() {
        return handedOut.get();
    }

    /** What the hub said to the receipts. */
    Map<String, Integer> answers() {
        return answers;
    }
}
