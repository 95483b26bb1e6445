package org.shuniu.trials;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * F25: a long time under load with faults at random, by default an hour at 60 applications a second. What a process holds must not
 * grow; what is kept must grow with the cases alone.
 */
class SoakTrial {

    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("soak.minutes", 60));
    private static final int PER_SECOND = Integer.getInteger("soak.per-second", 60);
    private static final int CONNECTIONS = 8;

    /** Deliveries of a few seconds, as are always under way. */
    private static final int FEW = 5 * PER_SECOND;

    private static final Duration DRAINS = Duration.ofMinutes(5);

    /** Above which what is held has grown, between the first and the last third of one process's life. */
    private static final double GROWN = 1.2;

    private static final int ENOUGH = 9;

    /** Megabytes of files that the broker fills before it first puts together what is left in them. */
    private static final int JOURNAL = 150;

    private final Random random = new Random(Long.getLong("soak.seed", 1));

    @Test
    void holdsNoMoreAtItsEndThanAtItsBeginning() {
        String what =
                "%d minutes at %d applications/s; kill -9 in the first half, a department away or slow, the database restarted"
                        .formatted(LENGTH.toMinutes(), PER_SECOND);
        try (Trial trial = Trial.of("F25", what).ready()) {
            trial.platform().start(CONNECTIONS, PER_SECOND);
            int faults = harm(
                            trial,
                            LENGTH.dividedBy(2),
                            List.of(SoakTrial::kill, this::away, this::slow, SoakTrial::restart))
                    .size();
            List<Held> held = harm(trial, LENGTH.dividedBy(2), List.of(this::away, this::slow, SoakTrial::restart));
            trial.note("faults in the first half", faults)
                    .note("hub starts", trial.hub().starts())
                    .note("looks at one process", held.size());
            flat(trial, held, "live heap, MB", 10, Held::heap);
            flat(trial, held, "resident memory, MB", 20, Held::resident);
            flat(trial, held, "threads", 10, Held::threads);
            flat(trial, held, "open files", 20, Held::files);
            flat(trial, held, "deliveries that wait", FEW, Held::waiting);
            flat(trial, held, "files of the broker, MB", JOURNAL, Held::broker);
            flat(trial, held, "bytes of the database for a case", 0, Held::bytesOfACase);
            if (held.size() < ENOUGH) {
                trial.blame("%d looks at one process tell nothing; give it more soak.minutes".formatted(held.size()));
            }
            trial.prove();
        }
    }

    /** Does these things for so long, in an order of chance but each as often, and looks at the process after each. */
    private List<Held> harm(Trial trial, Duration length, List<Consumer<Trial>> faults) {
        List<Held> held = new ArrayList<>();
        List<Consumer<Trial>> next = new ArrayList<>();
        long began = System.nanoTime();
        while (System.nanoTime() - began < length.toNanos()) {
            if (next.isEmpty()) {
                next.addAll(faults);
                Collections.shuffle(next, random);
            }
            next.remove(0).accept(trial);
            trial.departments().mend();
            await().alias("what waited is delivered")
                    .atMost(DRAINS)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> trial.pending() < FEW);
            Crashes.live(Duration.ofSeconds(10 + random.nextInt(10)));
            Held now = Held.by(trial, (System.nanoTime() - began) / 3.6e12);
            System.out.println(now);
            held.add(now);
        }
        return held;
    }

    private static void kill(Trial trial) {
        trial.hub().kill();
        trial.hub().start();
    }

    private static void restart(Trial trial) {
        new PostgresServer(trial.hub().data().resolve("postgres"), trial.database()).restart(Duration.ofSeconds(3));
    }

    private void away(Trial trial) {
        trial.departments().fault("healthcare-security", "down");
        Crashes.live(Duration.ofSeconds(5 + random.nextInt(15)));
    }

    /** It works in the end what the hub no longer waits for, so it must know what it is sent again. */
    private void slow(Trial trial) {
        trial.departments().fault("economy", "slow", 60);
        Crashes.live(Duration.ofSeconds(5 + random.nextInt(15)));
    }

    /** @param beside what comes and goes by itself */
    private static void flat(Trial trial, List<Held> held, String name, double beside, ToDoubleFunction<Held> of) {
        int third = held.size() / 3;
        double first = median(held.subList(0, third), of);
        double last = median(held.subList(held.size() - third, held.size()), of);
        trial.note(name, "%.0f, at the end %.0f; %+.2f an hour".formatted(first, last, Held.slope(held, of)));
        if (last > first * GROWN + beside) {
            trial.blame("%s grew from %.0f to %.0f".formatted(name, first, last));
        }
    }

    private static double median(List<Held> held, ToDoubleFunction<Held> of) {
        double[] sorted = held.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
