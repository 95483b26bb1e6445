package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.shuniu.packaged.Workplace;

/** The broker loses what it holds, or is away. */
final class Brokers {

    private static final int CONNECTIONS = 16;

    /** What happens to the broker's files while the hub is stopped. */
    interface Damage {
        void to(Path broker) throws IOException;
    }

    private Brokers() {}

    /** F14, promise 6: the broker's files are gone or damaged while so many deliveries wait. */
    static void damagedWhileStopped(String name, int pending, String word, Damage damage) throws IOException {
        String what = "%s while the hub is stopped and %d deliveries wait".formatted(word, pending);
        try (Trial trial = Trial.of(name, what, Brokers::patient).ready()) {
            // One hangs and one is busy, so that what waits for them lies in the broker
            trial.departments().fault("economy", "slow", 600);
            trial.departments().fault("healthcare-security", "error");
            trial.platform().items(LoadDriver.ECONOMY, LoadDriver.HEALTHCARE).send(pending, CONNECTIONS);
            long waiting = trial.pending();
            long sent = trial.database()
                    .count("select count(*) from delivery where state = 'pending' and sent_until is not null");
            assertThat(sent).as("deliveries that the broker holds").isPositive();
            trial.note("deliveries waiting", waiting).note("of them in the broker", sent);
            trial.hub().kill();
            damage.to(trial.hub().data().resolve("broker"));
            trial.departments().mend();
            trial.hub().start();
            trial.prove();
        }
    }

    private static void patient(HubProcess hub) {
        hub.edit("economy", "deadline: 3s", "deadline: 600s");
        hub.edit("failures: 5", "failures: 1000000");
    }

    static void delete(Path broker) throws IOException {
        try (Stream<Path> files = Files.walk(broker)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Overwrites the second half of the journal file that was written last. */
    static void corrupt(Path broker) throws IOException {
        Path last;
        try (Stream<Path> files = Files.walk(broker)) {
            last = files.filter(file -> file.toString().endsWith(".amq"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new AssertionError("the broker has no journal in " + broker));
        }
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
            for (long at = 2048; at + noise.length < Math.min(file.length(), 1 << 20); at += noise.length * 2L) {
                file.seek(at);
                file.write(noise);
            }
        }
    }

    /** F15: the broker is stopped under load and comes back; acceptance goes on meanwhile. */
    static void awayUnderLoad(String name, Duration away) throws Exception {
        int port = Workplace.freePort();
        String what = "an external broker is stopped for %d s under load and started again".formatted(away.toSeconds());
        try (Trial trial = Trial.of(name, what, hub -> external(hub, port));
                BrokerServer broker = new BrokerServer(port, trial.directory().resolve("broker"))) {
            broker.start();
            trial.ready();
            trial.platform().start(8, 40);
            Crashes.live(Duration.ofSeconds(3));
            broker.stop();
            int before = trial.platform().answers("202");
            Crashes.live(away);
            int accepted = trial.platform().answers("202") - before;
            assertThat(accepted).as("accepted without the broker").isPositive();
            broker.start();
            await().alias("deliveries go on")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> trial.departments().ledger("economy").size() > before / 2);
            trial.note("accepted while the broker was away", accepted).prove();
        }
    }

    private static void external(HubProcess hub, int port) {
        hub.set("spring.artemis.mode", "native");
        hub.set("spring.artemis.broker-url", "tcp://127.0.0.1:" + port);
    }
}
