package org.shuniu.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * People at the console. Each has the live picture open, which fetches itself anew every five seconds, and clicks on a page every
 * two to six: Now, find by filter, find by number, the case that was found, two partners, incidents, plans, what is parked. What a
 * browser keeps, as scripts and styles, is not asked for again.
 */
public final class Operators implements Closeable {

    /** Seconds between two looks of the live picture, as its page says. */
    public static final int LIVE_SECONDS = 5;

    /** Seconds between two clicks, at least and at most. */
    public static final int LEAST_SECONDS = 2;

    public static final int MOST_SECONDS = 6;

    private static final long SECOND = 1_000_000_000L;

    /** One click: what its page is called, and how it is asked for. */
    private record Click(String page, String address) {}

    private static final List<Click> ROUND = List.of(
            new Click("now", "/"),
            new Click("find by filter", "/find?partner=economy"),
            new Click("find by number", ""),
            new Click("partner", "/partners/economy"),
            new Click("incidents", "/incidents"),
            new Click("find by state", "/find?state=60"),
            new Click("plans", "/plans"),
            new Click("partner", "/partners/acceptance-platform"),
            new Click("parked", "/parked"));

    private final List<ConsoleVisit> visits;
    private final Supplier<String> caseNumbers;
    private final List<Thread> people = new ArrayList<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile Map<String, Latencies> times = new ConcurrentHashMap<>();
    private volatile Latencies all = new Latencies();
    private volatile String failure = "";
    private volatile boolean clicking;

    /** @param caseNumbers of cases that are there */
    public Operators(List<ConsoleVisit> visits, Supplier<String> caseNumbers) {
        this.visits = List.copyOf(visits);
        this.caseNumbers = caseNumbers;
    }

    /** They begin, each at another moment. */
    public void click() {
        clicking = true;
        for (int i = 0; i < visits.size(); i++) {
            ConsoleVisit visit = visits.get(i);
            int first = i % ROUND.size();
            Thread person = new Thread(() -> work(visit, first), "operator-" + i);
            people.add(person);
            person.start();
        }
    }

    /** They leave their desks, logged in. */
    public void rest() {
        clicking = false;
        for (Thread person : people) {
            LockSupport.unpark(person);
            try {
                person.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        people.clear();
    }

    /** Forgets what was seen so far, failures excepted. */
    public void measureAnew() {
        times = new ConcurrentHashMap<>();
        all = new Latencies();
        answered.reset();
    }

    private void work(ConsoleVisit visit, int first) {
        long live = System.nanoTime() + upTo(LIVE_SECONDS);
        long click = System.nanoTime() + upTo(MOST_SECONDS - LEAST_SECONDS);
        int next = first;
        while (clicking) {
            long wait = Math.min(live, click) - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else if (live <= click) {
                seen(visit, new Click("live", "/live"));
                live = System.nanoTime() + LIVE_SECONDS * SECOND;
            } else {
                seen(visit, ROUND.get(next++ % ROUND.size()));
                click = System.nanoTime() + LEAST_SECONDS * SECOND + upTo(MOST_SECONDS - LEAST_SECONDS);
            }
        }
    }

    private static long upTo(int seconds) {
        return ThreadLocalRandom.current().nextLong(seconds * SECOND);
    }

    private void seen(ConsoleVisit visit, Click click) {
        try {
            if (click.address().isEmpty()) {
                findByNumber(visit, click.page());
            } else {
                long from = System.nanoTime();
                page(click.page(), visit.get(click.address()), from);
            }
        } catch (IOException broken) {
            failed("%s: %s".formatted(click.page(), broken.getMessage()));
        }
    }

    /** The number leads to its case, whose page is fetched as well. */
    private void findByNumber(ConsoleVisit visit, String page) throws IOException {
        String caseNo = caseNumbers.get();
        String address = "/cases/" + caseNo;
        long from = System.nanoTime();
        HttpConnection.Answer answer = visit.post("/find", Map.of("q", caseNo));
        if (!ConsoleVisit.location(answer).filter(address::equals).isPresent()) {
            failed("%s: HTTP %d and not to %s".formatted(page, answer.status(), address));
            return;
        }
        add(page, from);
        from = System.nanoTime();
        page("case", visit.get(address), from);
    }

    private void page(String page, HttpConnection.Answer answer, long from) {
        if (answer.status() == 200) {
            add(page, from);
        } else {
            failed("%s: HTTP %d".formatted(page, answer.status()));
        }
    }

    private void add(String page, long from) {
        long time = System.nanoTime() - from;
        times.computeIfAbsent(page, unseen -> new Latencies()).add(time);
        all.add(time);
        answered.increment();
    }

    private void failed(String how) {
        failed.increment();
        failure = how;
    }

    public long answered() {
        return answered.sum();
    }

    public long failures() {
        return failed.sum();
    }

    /** The latest of them. */
    public String failure() {
        return failure;
    }

    /** Times of each kind of page. */
    public Map<String, Latencies> times() {
        return new TreeMap<>(times);
    }

    public Latencies all() {
        return all;
    }

    @Override
    public void close() throws IOException {
        rest();
        for (ConsoleVisit visit : visits) {
            visit.close();
        }
    }
}
