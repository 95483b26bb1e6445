package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The hub's process ends in the middle of its work: at any moment, at a named point, or because it is told to. */
final class Crashes {

    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int FIFTH = 5;

    private Crashes() {}

    /** F1: kill -9 again and again under load. */
    static void killedAgainAndAgain(String name, Duration length, int perSecond, Duration shortest, Duration longest) {
        String what = "kill -9 every %d to %d s for %d s under %d applications/s with resends"
                .formatted(shortest.toSeconds(), longest.toSeconds(), length.toSeconds(), perSecond);
        try (Trial trial = Trial.of(name, what).ready()) {
            Random random = new Random(1);
            trial.platform().start(CONNECTIONS, perSecond);
            long end = System.nanoTime() + length.toNanos();
            int kills = 0;
            while (System.nanoTime() < end) {
                live(shortest.plusMillis(
                        (long) (random.nextDouble() * longest.minus(shortest).toMillis())));
                trial.hub().kill();
                kills++;
                trial.hub().start();
            }
            trial.note("kills", kills).prove();
        }
    }

    /** F2: the process ends at each named point; what it was doing is done once in the end. */
    static void killedAtEachPoint(String name, List<KillPoint> points) throws Exception {
        try (Trial trial = Trial.of(name, "the process is halted at each named point under load")) {
            Path agent = AgentJar.in(trial.directory());
            Map<KillPoint, Integer> passes = new LinkedHashMap<>();
            trial.ready();
            trial.platform().start(CONNECTIONS, 40);
            for (KillPoint point : points) {
                point.requireMethod();
                if (trial.hub().isAlive()) {
                    trial.hub().kill();
                }
                passes.put(point, FIFTH + passes.size());
                haltAt(trial, agent, point, passes.get(point));
            }
            trial.hub().start();
            trial.note("halted at the n-th pass of", passes).prove();
        }
    }

    /** Under load the point may be reached before the hub calls itself ready. */
    private static void haltAt(Trial trial, Path agent, KillPoint point, int pass) {
        Path mark = trial.directory().resolve("reached-" + point);
        trial.hub().run("-javaagent:%s=%s#%s:%d:%s".formatted(agent, point.type(), point.method(), pass, mark));
        await().alias("the kill point %s is reached".formatted(point))
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> !trial.hub().isAlive());
        assertThat(mark).as("the process ended at %s", point).exists();
    }

    /** F22: SIGTERM under load; clients see nothing but 503 and closed doors, nothing is left half done. */
    static void toldToEnd(String name, int times) {
        String what = "SIGTERM under 60 applications/s, %d times".formatted(times);
        try (Trial trial = Trial.of(name, what).ready()) {
            trial.platform().start(CONNECTIONS, 60);
            List<Long> drains = new ArrayList<>();
            List<Integer> exits = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                live(Duration.ofSeconds(3));
                long begin = System.nanoTime();
                exits.add(trial.hub().terminate());
                drains.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
                assertThat(trial.hub().data().resolve("postgres/postmaster.pid"))
                        .as("the database was ended too")
                        .doesNotExist();
                trial.hub().start();
            }
            trial.note("drained in ms", drains).note("exit codes", exits);
            trial.prove();
        }
    }

    /** A stretch of the trial in which nothing is done to the hub. */
    static void live(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
