package org.shuniu.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The citizens of one channel: each applies, asks how the case stands whenever the channel hears something of it, and does what it
 * wants of them. Every step is in a journal of the channel's own, and a journey goes on from there after a restart.
 *
 * <p>All of it happens on one thread, so that the receipt of a case is there before the news of it is looked at.
 */
final class Journeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journeys.class);
    private static final int MOST_OPEN = 40;
    private static final int REMEMBERED = 1_000;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(15);
    private static final Set<String> CORRECTION_ASKED = Set.of("14", "42");

    private final String channel;
    private final HubApi hub;
    private final Checkout checkout;
    private final BooleanSupplier countersOpen;
    private final CounterVisit counter;
    private final Path file;
    private final JsonLines journal;
    private final Map<String, Journey> journeys = new LinkedHashMap<>();
    private final Map<String, Journey> byCase = new LinkedHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final ScheduledThreadPoolExecutor clerk;

    Journeys(String channel, HubApi hub, Checkout checkout, BooleanSupplier countersOpen, Path dataDir) {
        this.channel = channel;
        this.hub = hub;
        this.checkout = checkout;
        this.countersOpen = countersOpen;
        this.counter = new CounterVisit(hub);
        this.file = dataDir.resolve("journeys").resolve(channel + ".jsonl");
        this.journal = JsonLines.open(file, this::remember);
        this.clerk = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "simulator-journeys-" + channel);
            thread.setDaemon(true);
            return thread;
        });
        clerk.setRemoveOnCancelPolicy(true);
    }

    /** Goes on with the journeys that a restart has interrupted. */
    void start() {
        new ArrayList<>(journeys.values()).stream().filter(it -> !it.isEnded()).forEach(it -> {
            open.incrementAndGet();
            wake(it, SOON);
        });
    }

    Path file() {
        return file;
    }

    boolean isFull() {
        return open.get() >= MOST_OPEN;
    }

    /** Lets a citizen apply; says which journey it is. */
    String begin(ObjectNode application) {
        String id = UUID.randomUUID().toString();
        open.incrementAndGet();
        run(() -> {
            write(Journey.first(id, application));
            goOn(journeys.get(id));
        });
        return id;
    }

    /** Something became of a case, as the hub told the channel. */
    void hears(JsonNode news) {
        run(() -> {
            Journey journey = byCase.get(news.path("caseNo").asString(""));
            String messageId = news.path("messageId").asString("");
            if (journey != null && !journey.hasHeard(messageId)) {
                ObjectNode line = journey.line("heard").put("messageId", messageId);
                line.put("event", news.path("event").asString(""));
                write(line.put("status", news.path("status").asString("")));
                wake(journey, AT_ONCE);
            }
        });
    }

    private void run(Runnable work) {
        try {
            clerk.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException failure) {
                    LOG.warn("A journey by {} stands still: {}", channel, failure.toString());
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.info("A journey by {} does not go on: the simulators close", channel);
        }
    }

    private void wake(Journey journey, Duration wait) {
        if (!journey.isEnded() && !clerk.isShutdown()) {
            journey.waitFor(clerk.schedule(() -> run(() -> goOn(journey)), wait.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void goOn(Journey journey) {
        if (journey.isEnded()) {
            return;
        }
        if (journey.caseNo().isEmpty() && journey.sending() == null) {
            write(journey.sending(new Journey.Sending(
                    "applied",
                    channel,
                    "/api/v1/applications",
                    journey.key("applied"),
                    journey.application().toString())));
        }
        wake(journey, journey.sending() == null ? look(journey) : handIn(journey));
    }

    /** Sends what the hub may not have yet; says when to go on. */
    private Duration handIn(Journey journey) {
        Journey.Sending sending = journey.sending();
        HubApi.Answer answer = hub.post(sending.caller(), sending.path(), sending.key(), sending.body());
        if (answer.mayChange()) {
            return SOON;
        }
        ObjectNode line = journey.line(answer.isGood() ? sending.step() : "turned-away");
        line.put("key", sending.key()).put("http", answer.status());
        if (answer.isGood()) {
            line.put("caseNo", answer.text("caseNo")).put("messageId", answer.text("messageId"));
        }
        write(line);
        if (!answer.isGood() && answer.status() != 409) {
            LOG.warn("The hub refused a document of a journey by {} with HTTP {}", channel, answer.status());
            end(journey);
        }
        return SOON;
    }

    /** Reads how the case stands, and does what it wants of the citizen; says when to look again. */
    private Duration look(Journey journey) {
        HubApi.Answer read = hub.get(channel, "/api/v1/cases/" + journey.caseNo());
        if (!read.isGood()) {
            return SOON;
        }
        String status = read.text("status");
        if (!status.equals(journey.status())) {
            write(journey.line("read").put("status", status));
        }
        JsonNode citizen = read.body().path("citizen");
        JsonNode parcel = citizen.path("parcel");
        if (!parcel.path("state").asString("").equals(journey.parcel())) {
            ObjectNode line = journey.line("parcel");
            line.put("waybillNo", parcel.path("waybillNo").asString(""));
            write(line.put("state", parcel.path("state").asString("")));
        }
        if (journey.isOver()) {
            end(journey);
        }
        return act(journey, citizen, read.body().path("timeline"));
    }

    private Duration act(Journey journey, JsonNode citizen, JsonNode timeline) {
        return switch (citizen.path("waitsFor").asString("")) {
            case "correction" ->
                owes(journey, "supplemented", timeline, CORRECTION_ASKED) ? supplement(journey) : LATER;
            case "visit" -> owes(journey, "visited", timeline, Set.of("12")) ? visit(journey) : LATER;
            case "fee" -> owes(journey, "paid", timeline, Set.of("50")) ? pay(journey, citizen) : LATER;
            default -> LATER;
        };
    }

    /** What was asked for more often than it was done. */
    private static boolean owes(Journey journey, String step, JsonNode timeline, Set<String> asking) {
        long asked = timeline.valueStream()
                .filter(line -> line.path("event").asString("").equals("status"))
                .filter(line -> asking.contains(line.path("status").asString("")))
                .count();
        return asked > journey.times(step);
    }

    private Duration supplement(Journey journey) {
        ObjectNode supplement = journey.application().objectNode();
        supplement.put("supplementTime", CityTime.now().format(CityTime.CANONICAL));
        supplement.putArray("materials").addObject().put("name", "补正申请表").put("source", "0");
        String path = "/api/v1/cases/" + journey.caseNo() + "/supplements";
        write(journey.sending(new Journey.Sending(
                "supplemented", channel, path, journey.key("supplemented"), supplement.toString())));
        return AT_ONCE;
    }

    private Duration visit(Journey journey) {
        if (!countersOpen.getAsBoolean()) {
            return SOON;
        }
        if (channel.equals(Partner.CITIZEN_APP) && !counter.show(journey, this::write)) {
            return SOON;
        }
        write(journey.sending(CounterVisit.application(journey)));
        return AT_ONCE;
    }

    private Duration pay(Journey journey, JsonNode citizen) {
        checkout.pay(journey.caseNo()).ifPresent(receipt -> {
            ObjectNode line = journey.line("paid");
            line.put("asked", citizen.path("fee").path("amount").asString(""));
            write(line.setAll(receipt));
        });
        return SOON;
    }

    private void end(Journey journey) {
        write(journey.line("ended").put("status", journey.status()));
        open.decrementAndGet();
    }

    private void write(JsonNode line) {
        journal.append(line);
        remember(line);
    }

    private void remember(JsonNode line) {
        if (line.path("step").asString("").equals("begun")) {
            Journey begun = Journey.of(line);
            journeys.put(begun.id(), begun);
            forget();
            return;
        }
        Journey journey = journeys.get(line.path("journey").asString(""));
        if (journey != null) {
            journey.remember(line);
            if (line.path("step").asString("").equals("applied")) {
                byCase.put(journey.caseNo(), journey);
                checkout.expect(journey.caseNo());
            }
        }
    }

    /** News may come after the end, but not for ever. */
    private void forget() {
        if (journeys.size() > REMEMBERED) {
            List<Journey> ended =
                    journeys.values().stream().filter(Journey::isEnded).limit(1).toList();
            ended.forEach(old -> {
                journeys.remove(old.id());
                byCase.remove(old.caseNo());
            });
        }
    }

    @Override
    public void close() {
        clerk.shutdownNow();
        try {
            clerk.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
