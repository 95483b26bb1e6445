package org.shuniu.trials;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.shuniu.embedded.DemoSecrets;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerFiles;

/** Several equal processes of the hub on one database and one pair of brokers; each has its load. */
final class Nodes implements AutoCloseable {

    private static final String FRONT_END = "disabled_federation";
    private static final int CONNECTIONS = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SOME = 20;
    private static final String DELIVERED_SINCE =
            "select count(*) from delivery where state = 'delivered' and created_at > ?::timestamptz";

    private final Trial trial;
    private final EmbeddedDatabase database;
    private final PostgresServer server;
    private final BrokerPair brokers;
    private final Map<HubProcess, NodeLines> lines = new HashMap<>();
    private final List<HubProcess> all = new ArrayList<>();
    private final List<LoadDriver> others = new ArrayList<>();

    private Nodes(String fault, String what, int count) throws Exception {
        this.trial = Trial.of(fault, what);
        Path shared = Files.createDirectories(trial.directory().resolve("shared"));
        this.brokers = new BrokerPair(shared);
        this.database =
                EmbeddedDatabase.start(shared.resolve("postgres"), trial.hub().databasePort());
        this.server = new PostgresServer(shared.resolve("postgres"), trial.database());
        brokers.start();
        share(trial.hub());
        database.createFrontEnd(FRONT_END, "hub");
        secrets(trial.hub());
        all.add(trial.hub());
        for (int i = 1; i < count; i++) {
            HubProcess node = new HubProcess(
                    trial.directory().resolve("node-" + i), trial.departments().address(), ClassArchive.option());
            share(node);
            Workplace.copy(secretsOf(trial.hub()), secretsOf(node), UnaryOperator.identity());
            all.add(node);
            others.add(trial.driver(node::address));
        }
    }

    /** Starts so many, one after the other, as a rolling start does. */
    static Nodes start(String fault, String what, int count) throws Exception {
        Nodes nodes = new Nodes(fault, what, count);
        try {
            nodes.trial.ready();
            nodes.all.stream().skip(1).forEach(HubProcess::start);
            return nodes;
        } catch (RuntimeException | Error failure) {
            nodes.close();
            throw failure;
        }
    }

    private void share(HubProcess hub) {
        NodeLines line = new NodeLines(trial.hub().databasePort(), brokers);
        lines.put(hub, line);
        hub.set("shuniu.database.embedded", "false");
        hub.set("shuniu.database.url", line.databases() + EmbeddedDatabase.HUB);
        hub.set("shuniu.database.username", "postgres");
        hub.set("shuniu.partners.disabled-federation.url", line.databases() + FRONT_END);
        hub.set("spring.artemis.mode", "native");
        hub.set("spring.artemis.broker-url", line.brokers());
        hub.set("spring.artemis.user", ArtemisServer.USER);
        hub.set("spring.artemis.password", ArtemisServer.PASSWORD);
    }

    private static void secrets(HubProcess hub) {
        DemoSecrets.make(secretsOf(hub), new PartnerFiles(hub.directory().resolve("routes")));
    }

    private static Path secretsOf(HubProcess hub) {
        return hub.data().resolve("secrets");
    }

    Trial trial() {
        return trial;
    }

    BrokerPair brokers() {
        return brokers;
    }

    PostgresServer database() {
        return server;
    }

    /** Does something to each in turn. */
    void each(Consumer<HubProcess> harm) {
        all.forEach(harm);
    }

    /** Loses all that goes to and from a node, for so long. */
    void cutOff(HubProcess node, Duration length) {
        lines.get(node).silence(true);
        Crashes.live(length);
        lines.get(node).silence(false);
    }

    HubDatabase record() {
        return trial.database();
    }

    /** Does some harm, and waits until deliveries of what is accepted after it have been made. */
    void after(String after, Runnable harm) {
        long began = System.nanoTime();
        harm.run();
        String now = record().rows("select clock_timestamp()").get(0).get(0);
        await().alias("deliveries go on after " + after)
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENCE)
                .until(() -> record().count(DELIVERED_SINCE, now) >= SOME);
        trial.note("deliveries of new work since %s, ms".formatted(after), (System.nanoTime() - began) / 1_000_000);
    }

    /** Begins to hand in applications at each, so many a second. */
    void load(int perSecond) {
        trial.platform().start(CONNECTIONS, perSecond);
        others.forEach(load -> load.start(CONNECTIONS, perSecond));
    }

    /** Waits until all is answered and delivered, and proves it with one process alone, whose counters are all there are. */
    void prove() {
        trial.platform().stop();
        others.forEach(LoadDriver::stop);
        others.stream().flatMap(load -> load.faults().stream()).forEach(trial::blame);
        others.forEach(load -> trial.note("answers of node " + (others.indexOf(load) + 1), load.answers()));
        trial.awaitQuiet();
        all.forEach(HubProcess::terminate);
        trial.hub().start();
        trial.prove();
    }

    @Override
    public void close() {
        others.forEach(LoadDriver::close);
        all.stream().filter(HubProcess::isAlive).forEach(HubProcess::resume);
        all.stream().skip(1).forEach(HubProcess::close);
        trial.close();
        lines.values().forEach(NodeLines::close);
        brokers.close();
        database.close();
    }

    /** What the processes have said of faults of their own. */
    List<String> saidAnywhere(String word) {
        try (Stream<Path> files = Files.walk(trial.directory(), 2)) {
            List<String> said = new ArrayList<>();
            for (Path log : files.filter(file -> file.toString().matches(".*/hub-\\d+\\.log"))
                    .toList()) {
                try (Stream<String> lines = Files.lines(log)) {
                    lines.filter(line -> line.contains(word)).forEach(said::add);
                }
            }
            return said;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
