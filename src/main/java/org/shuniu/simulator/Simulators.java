package org.shuniu.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All simulated partners on one port: {@code /<partner>} for each, {@code /faults}, {@code /traffic}, {@code /ledger}. */
public final class Simulators implements AutoCloseable {

    private static final List<String> PARTNERS = List.of(
            EconomySimulator.ID,
            HealthcareSecuritySimulator.ID,
            DisabledFederationSimulator.ID,
            AcceptancePlatformSimulator.ID);
    private static final int THREADS = 64;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Callbacks callbacks;
    private final Traffic traffic;
    private final DisabledFederationSimulator federation;
    private final Map<String, Ledger> ledgers = new TreeMap<>();
    private final Map<String, FaultSwitch> faults = new TreeMap<>();

    private Simulators(SimulatorProperties settings) {
        SecretFiles secrets = new SecretFiles(settings.secretsDir());
        for (String partner : PARTNERS) {
            ledgers.put(partner, Ledger.open(settings.dataDir().resolve("ledger"), partner));
            faults.put(partner, new FaultSwitch());
        }
        this.callbacks = new Callbacks(
                settings.hub(), secrets, new Outbox(settings.dataDir().resolve("ledger")));
        this.traffic = new Traffic(settings.hub(), secrets, settings.traffic());
        this.federation = new DisabledFederationSimulator(
                settings.disabledFederation(),
                ledgers.get(DisabledFederationSimulator.ID),
                faults.get(DisabledFederationSimulator.ID));
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "simulator");
            thread.setDaemon(true);
            return thread;
        });
        this.server = listen(settings.port());
        serve(secrets, settings.deskDelayMillis());
    }

    /** Starts everything that the settings ask for. */
    public static Simulators start(SimulatorProperties settings) {
        Simulators simulators = new Simulators(settings);
        simulators.federation.start();
        simulators.server.start();
        simulators.traffic.start();
        return simulators;
    }

    private static HttpServer listen(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "The simulators cannot listen on port %d; set shuniu.simulator.port".formatted(port), taken);
        }
    }

    private void serve(SecretFiles secrets, long deskDelayMillis) {
        serve(
                EconomySimulator.ID,
                new EconomySimulator(
                        ledgers.get(EconomySimulator.ID), secrets, callbacks, faults.get(EconomySimulator.ID)));
        serve(
                HealthcareSecuritySimulator.ID,
                new HealthcareSecuritySimulator(
                        ledgers.get(HealthcareSecuritySimulator.ID),
                        callbacks,
                        faults.get(HealthcareSecuritySimulator.ID)));
        serve(
                AcceptancePlatformSimulator.ID,
                new AcceptancePlatformSimulator(
                        ledgers.get(AcceptancePlatformSimulator.ID), secrets, callbacks, deskDelayMillis));
        ControlHandler control = new ControlHandler(faults, ledgers, traffic);
        server.createContext("/faults", control);
        server.createContext("/traffic", control);
        server.createContext("/ledger", control);
        server.setExecutor(threads);
    }

    private void serve(String partner, HttpPartner simulated) {
        server.createContext("/" + partner, new PartnerHandler("/" + partner, simulated, faults.get(partner)));
    }

    /** Where they listen, without a path. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        traffic.close();
        faults.values().forEach(fault -> fault.set(Fault.NONE, 0, 0));
        server.stop(0);
        threads.shutdownNow();
        callbacks.close();
        federation.close();
        ledgers.values().forEach(Ledger::close);
    }
}
