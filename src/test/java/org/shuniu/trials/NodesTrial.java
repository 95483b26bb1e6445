package org.shuniu.trials;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes of the hub share a database and a broker, and any of them may end or stand still at any time. */
@Tag("alone")
class NodesTrial {

    private static final Duration AWAY = Duration.ofSeconds(5);

    private static final Duration BETWEEN = Duration.ofSeconds(4);

    /** Longer than a send lease and a claim are in trials. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    /** Longer than any lease and any transaction. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(75);

    /** Longer than a socket's time-out. */
    private static final Duration CUT = Duration.ofSeconds(45);

    @Test
    void loseAndDoubleNothingWhileTheyAreKilledAndPaused() throws Exception {
        int perSecond = Trial.count(50, 5);
        String what =
                "three processes on one database and one broker, each with %d applications/s: kill -9 of each in turn,"
                        + " SIGSTOP of each for %d s in turn, of one for %d s; one cut off from database and brokers for %d s";
        try (Nodes nodes = Nodes.start(
                "NODES", what.formatted(perSecond, PAUSE.toSeconds(), LONG_PAUSE.toSeconds(), CUT.toSeconds()), 3)) {
            nodes.load(perSecond);
            nodes.each(node -> {
                Crashes.live(BETWEEN);
                node.kill();
                Crashes.live(BETWEEN);
                node.start();
            });
            nodes.each(node -> pause(node, PAUSE));
            pause(nodes.trial().hub(), LONG_PAUSE);
            nodes.after("one was cut off", () -> nodes.cutOff(nodes.trial().hub(), CUT));
            nodes.trial()
                    .note(
                            "outcomes that could not be recorded",
                            nodes.saidAnywhere("cannot be recorded").size())
                    .note(
                            "seals that failed",
                            nodes.saidAnywhere("are not sealed").size());
            nodes.prove();
        }
    }

    @Test
    void goOnWhileBrokersChangeTheDatabaseIsRestartedAndEachIsReplaced() throws Exception {
        int perSecond = Trial.count(50, 5);
        String what =
                "three processes, each with %d applications/s: each broker is killed and the other promoted, one stands still until both serve,"
                        + " PostgreSQL is away for %d s, each process in turn is told to end and replaced";
        try (Nodes nodes = Nodes.start("NODES SHARED", what.formatted(perSecond, AWAY.toSeconds()), 3)) {
            nodes.load(perSecond);
            Crashes.live(BETWEEN);
            nodes.after("the end of the broker that served", nodes.brokers()::kill);
            nodes.brokers().restore();
            nodes.after("the end of the other", nodes.brokers()::kill);
            nodes.brokers().restore();
            nodes.after(
                    "the end of the database, which was away for a while",
                    () -> nodes.database().restart(AWAY));
            nodes.after(
                    "a standstill of the broker, after which both serve",
                    () -> nodes.brokers().split(AWAY));
            nodes.each(node -> {
                Crashes.live(BETWEEN);
                node.terminate();
                node.start();
            });
            nodes.prove();
        }
    }

    private static void pause(HubProcess node, Duration length) {
        Crashes.live(BETWEEN);
        node.pause();
        Crashes.live(length);
        node.resume();
        Crashes.live(BETWEEN);
    }
}
