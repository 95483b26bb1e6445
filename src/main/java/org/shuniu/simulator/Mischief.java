package org.shuniu.simulator;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A few troubles a minute, each of which ends by itself, and the nights of two departments; never over a person's fault. */
final class Mischief implements AutoCloseable {

    /**
     * A trouble that a partner may have.
     *
     * @param calls how many calls it spoils, or for ever
     * @param seconds how long each takes
     * @param ends when it ends at the latest, whatever was called
     */
    record Trouble(String partner, FaultKind kind, int calls, double seconds, Duration ends) {}

    /** A time of the city's day in which a partner is shut. */
    private record Night(String partner, FaultKind kind, LocalTime from, LocalTime to) {
        boolean at(LocalTime now) {
            boolean overMidnight = !to.isAfter(from);
            boolean after = !now.isBefore(from);
            return overMidnight ? after || now.isBefore(to) : after && now.isBefore(to);
        }
    }

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<Night> NIGHTS = List.of(
            new Night(Partner.HUMAN_RESOURCES, FaultKind.CLOSED, LocalTime.of(22, 0), LocalTime.of(6, 0)),
            new Night(Partner.HEALTHCARE_SECURITY, FaultKind.DOWN, LocalTime.of(0, 0), LocalTime.of(5, 0)));

    static final List<Trouble> TROUBLES = troubles();

    private record Running(Fault fault, long until) {}

    private final Map<String, PartnerFaults> faults;
    private final CityDay day;
    private final Random random;
    private final LongSupplier clock;
    private final long pause;
    private final Map<String, Running> running = new HashMap<>();
    private final Map<Night, Fault> shut = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker = new Thread(this::run, "simulator-mischief");
    private long next;

    /** @param perMinute how many troubles begin in a minute; 0 is none */
    Mischief(Map<String, PartnerFaults> faults, CityDay day, double perMinute, Random random, LongSupplier clock) {
        this.faults = faults;
        this.day = day;
        this.random = random;
        this.clock = clock;
        this.pause = perMinute > 0 ? (long) (TimeUnit.MINUTES.toNanos(1) / perMinute) : Long.MAX_VALUE;
        this.next = clock.getAsLong() + Math.min(pause, TimeUnit.DAYS.toNanos(365));
    }

    private static List<Trouble> troubles() {
        List<Trouble> all = new ArrayList<>();
        for (String partner : List.of(
                Partner.ECONOMY,
                Partner.HUMAN_RESOURCES,
                Partner.HEALTHCARE_SECURITY,
                Partner.CIVIL_AFFAIRS,
                Partner.HOUSING,
                Partner.POLICE,
                Partner.HEALTH,
                Partner.ACCEPTANCE_PLATFORM,
                Partner.SMS_GATEWAY,
                Partner.PAYMENT,
                Partner.LOGISTICS)) {
            all.add(new Trouble(partner, FaultKind.DOWN, PartnerFaults.FOR_EVER, 0, SHORT));
            all.add(new Trouble(partner, FaultKind.SLOW, 3, 3, LONG));
            all.add(new Trouble(partner, FaultKind.TIMEOUT_AFTER_WORK, 1, 12, LONG));
        }
        for (String partner : List.of(Partner.ECONOMY, Partner.HEALTHCARE_SECURITY, Partner.POLICE, Partner.ARCHIVES)) {
            all.add(new Trouble(partner, FaultKind.DUPLICATE_RESULT, 2, 0, LONG));
            all.add(new Trouble(partner, FaultKind.LATE_RESULT, 2, 10, LONG));
        }
        for (FaultKind kind : List.of(
                FaultKind.DUPLICATE_RESULT, FaultKind.EARLY_CALLBACK, FaultKind.OUT_OF_ORDER, FaultKind.EXTRA_FIELDS)) {
            all.add(new Trouble(Partner.CIVIL_AFFAIRS, kind, 2, 0, LONG));
        }
        all.add(new Trouble(Partner.POLICE, FaultKind.TOO_MANY, 2, 1, LONG));
        all.add(new Trouble(Partner.ARCHIVES, FaultKind.CRASH_BEFORE_ACK, 1, 0, LONG));
        all.add(new Trouble(Partner.SMS_GATEWAY, FaultKind.FLOW_CONTROL, 2, 0, LONG));
        all.add(new Trouble(Partner.SMS_GATEWAY, FaultKind.CALLBACK_LOST, 1, 0, LONG));
        all.add(new Trouble(Partner.PAYMENT, FaultKind.PAID_TWICE, 1, 0, LONG));
        all.add(new Trouble(Partner.LOGISTICS, FaultKind.TRACKING_OUT_OF_ORDER, 2, 0, LONG));
        return List.copyOf(all);
    }

    void start() {
        worker.setDaemon(true);
        worker.start();
    }

    private void run() {
        while (!Waiting.upTo(closing, 500, TimeUnit.MILLISECONDS)) {
            look();
        }
    }

    /** Ends what has lasted long enough, shuts and opens, and makes a new trouble when it is time. */
    synchronized void look() {
        long now = clock.getAsLong();
        running.entrySet().removeIf(entry -> {
            boolean over = now - entry.getValue().until() >= 0;
            if (over) {
                faults.get(entry.getKey()).lift(entry.getValue().fault());
            }
            return over;
        });
        NIGHTS.stream().filter(night -> faults.containsKey(night.partner())).forEach(this::shutOrOpen);
        if (now - next >= 0) {
            next = now + pause;
            make(TROUBLES.get(random.nextInt(TROUBLES.size())), now);
        }
    }

    private void shutOrOpen(Night night) {
        PartnerFaults partner = faults.get(night.partner());
        if (!night.at(day.now())) {
            Fault fault = shut.remove(night);
            if (fault != null) {
                partner.lift(fault);
            }
        } else if (!shut.containsKey(night)) {
            Fault fault = new Fault(night.kind(), Duration.ZERO);
            if (partner.setWhereNone(fault, PartnerFaults.FOR_EVER)) {
                shut.put(night, fault);
            }
        }
    }

    private void make(Trouble trouble, long now) {
        PartnerFaults partner = faults.get(trouble.partner());
        Fault fault = new Fault(trouble.kind(), Duration.ofMillis((long) (trouble.seconds() * 1000)));
        if (partner != null && partner.setWhereNone(fault, trouble.calls())) {
            running.put(
                    trouble.partner(), new Running(fault, now + trouble.ends().toNanos()));
        }
    }

    @Override
    public void close() {
        closing.countDown();
        Waiting.forEndOf(worker);
    }
}
