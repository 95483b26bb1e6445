package org.shuniu.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.shuniu.contract.Contract;

/** All simulated partners, running: start them, use their address, close them. */
public final class Simulators implements AutoCloseable {
    /** The share of what comes by portal and app whose whole journey is lived. */
    private static final double JOURNEYS = 0.1;

    private final Map<String, PartnerFaults> faults = new TreeMap<>();
    private final Map<String, Ledger> ledgers = new TreeMap<>();
    private final Deque<Runnable> running = new ArrayDeque<>();
    private final SimulatorProperties properties;
    private final SecretFiles secrets;
    private SimulatorServer server;

    private Simulators(SimulatorProperties properties) {
        this.properties = properties;
        this.secrets = new SecretFiles(properties.secretsDir());
    }

    /** Starts the simulated partners; an unusable port, directory or setting is an exception and leaves nothing running. */
    public static Simulators start(SimulatorProperties properties) {
        Simulators simulators = new Simulators(properties);
        try {
            simulators.open();
            return simulators;
        } catch (RuntimeException e) {
            simulators.close();
            throw e;
        }
    }

    /** The address under which the partners are found by their ids, such as {@code http://127.0.0.1:8090}. */
    public URI address() {
        return server.address();
    }

    @Override
    public void close() {
        faults.values().forEach(PartnerFaults::lift);
        while (!running.isEmpty()) {
            running.pop().run();
        }
    }

    private void open() {
        CallbackJournal journal = new CallbackJournal(properties.dataDir());
        running.push(journal::close);
        HubCallbacks callbacks = new HubCallbacks(properties.hub(), secrets, journal);
        Ledger economy = ledger(Partner.ECONOMY);
        Ledger humanResources = ledger(Partner.HUMAN_RESOURCES);
        Ledger healthcare = ledger(Partner.HEALTHCARE_SECURITY);
        Ledger civilAffairs = ledger(Partner.CIVIL_AFFAIRS);
        Ledger housing = ledger(Partner.HOUSING);
        Ledger police = ledger(Partner.POLICE);
        Ledger health = ledger(Partner.HEALTH);
        Ledger platform = ledger(Partner.ACCEPTANCE_PLATFORM);
        Ledger sms = ledger(Partner.SMS_GATEWAY);
        Ledger payments = ledger(Partner.PAYMENT);
        Ledger shipments = ledger(Partner.LOGISTICS);
        Ledger certificates = ledger(Partner.CERTIFICATE_LIBRARY);
        Ledger portal = ledger(Partner.PORTAL);
        Ledger app = ledger(Partner.CITIZEN_APP);
        callbacks.start();
        running.push(callbacks::close);
        CentreMail mail = new CentreMail(properties.hub(), secrets);
        running.push(mail::close);
        ContractOffices offices = ContractOffices.of(properties.mappingsDir());
        openFederation();
        openTableOffices(offices.byTables());
        openFileOffices(offices);
        openArchives();
        openQueueOffices(offices.byQueues());
        openShortMessages(sms);
        PaymentSimulator payment = new PaymentSimulator(secrets, payments, callbacks, properties.dataDir());
        running.push(payment::close);
        server = new SimulatorServer(properties.port());
        running.push(server::close);
        partner(Partner.ECONOMY, new EconomySimulator(secrets, economy, callbacks));
        partner(Partner.HUMAN_RESOURCES, new HumanResourcesSimulator(humanResources, callbacks));
        partner(Partner.HEALTHCARE_SECURITY, new HealthcareSecuritySimulator(healthcare, callbacks));
        partner(Partner.CIVIL_AFFAIRS, new CivilAffairsSimulator(secrets, civilAffairs, callbacks));
        partner(Partner.HOUSING, new HousingSimulator(secrets, housing));
        partner(Partner.POLICE, new PoliceSimulator(secrets, police, callbacks));
        partner(Partner.HEALTH, new HealthSimulator(secrets, health));
        partner(Partner.ACCEPTANCE_PLATFORM, new AcceptancePlatformSimulator(secrets, platform, callbacks, mail));
        partner(Partner.SMS_GATEWAY, new SmsGatewaySimulator(secrets, sms, callbacks));
        partner(Partner.PAYMENT, payment);
        partner(Partner.LOGISTICS, new LogisticsSimulator(secrets, shipments, callbacks));
        partner(Partner.CERTIFICATE_LIBRARY, new CertificateLibrarySimulator(secrets, certificates));
        offices.byHttp()
                .forEach(contract -> partner(
                        contract.partner(),
                        ContractOffices.system(contract, ledger(contract.partner()), secrets, callbacks)));
        SimulatorProperties.Day settings = properties.day();
        boolean even = settings == null || settings.length().isZero();
        CityDay day = even ? null : new CityDay(settings.length(), System::nanoTime);
        OnlineCitizens citizens = citizens(day, payment);
        channel(Partner.PORTAL, citizens, portal);
        channel(Partner.CITIZEN_APP, citizens, app);
        server.at("/journeys", new JourneyHandler(citizens, () -> new ApplicationMaker(new Random())));
        server.at("/faults", new FaultHandler(faults));
        server.at("/ledger", new LedgerHandler(ledgers));
        Traffic traffic = traffic(settings, day, citizens);
        running.push(traffic::close);
        server.at("/traffic", new TrafficHandler(traffic));
        server.start();
        citizens.start();
        traffic.start(properties.traffic());
    }

    private OnlineCitizens citizens(CityDay day, Checkout checkout) {
        OnlineCitizens citizens = new OnlineCitizens(
                properties.hub(),
                secrets,
                checkout,
                () -> day == null || day.countersOpen(),
                properties.dataDir(),
                day == null ? 0 : JOURNEYS);
        running.push(citizens::close);
        return citizens;
    }

    private void channel(String id, OnlineCitizens citizens, Ledger ledger) {
        partner(id, new ChannelSimulator(id, secrets, ledger, citizens.of(id).orElseThrow()));
    }

    private Traffic traffic(SimulatorProperties.Day settings, CityDay day, OnlineCitizens citizens) {
        if (day == null) {
            return new Traffic(
                    properties.hub(),
                    secrets,
                    () -> new ApplicationMaker(new Random()),
                    () -> 1.0,
                    application -> false);
        }
        Mischief mischief = new Mischief(faults, day, settings.troublesPerMinute(), new Random(), System::nanoTime);
        running.push(mischief::close);
        mischief.start();
        return new Traffic(properties.hub(), secrets, () -> makerOf(settings, day), day::load, citizens::take);
    }

    private static ApplicationMaker makerOf(SimulatorProperties.Day settings, CityDay day) {
        Random random = new Random();
        CityVolumes volumes =
                CityVolumes.read(settings.catalogue(), CityTime.now().toLocalDate());
        return new ApplicationMaker(random, new CityApplications(volumes, day, random));
    }

    private void openFederation() {
        if (properties.disabledFederation() != null) {
            Ledger ledger = ledger(Partner.DISABLED_FEDERATION);
            open(new TableOffice<>(
                    Partner.DISABLED_FEDERATION,
                    properties.disabledFederation(),
                    new DisabledFederationSimulator(ledger),
                    faultsOf(Partner.DISABLED_FEDERATION)));
        }
    }

    /** Each in a database of its own. */
    private void openTableOffices(List<Contract> contracts) {
        if (!properties.frontEnds().isEmpty()) {
            contracts.forEach(contract -> open(ContractOffices.tables(
                    contract, ledger(contract.partner()), properties.frontEnds(), faultsOf(contract.partner()))));
        }
    }

    private void open(TableOffice<?> office) {
        running.push(office::close);
        office.start();
    }

    private void openFileOffices(ContractOffices offices) {
        if (properties.sftp() != null) {
            SftpDoor door = new SftpDoor(properties.sftp().port(), properties.dataDir(), secrets);
            running.push(door::close);
            open(door, Partner.GRAIN, new GrainSimulator(ledger(Partner.GRAIN)));
            open(door, Partner.TRADE_UNION, new TradeUnionSimulator(ledger(Partner.TRADE_UNION)));
            offices.byFiles()
                    .forEach(contract -> open(
                            door, contract.partner(), ContractOffices.clerk(contract, ledger(contract.partner()))));
            door.start();
        }
    }

    private void open(SftpDoor door, String partner, FileClerk clerk) {
        Path home = door.office(partner, faultsOf(partner));
        FileOffice office = new FileOffice(partner, home, clerk, faultsOf(partner));
        running.push(office::close);
        office.start();
    }

    private void openArchives() {
        int port = properties.listeners().archives();
        if (port > 0) {
            Ledger ledger = ledger(Partner.ARCHIVES);
            OfficeBroker broker = new OfficeBroker(
                    "archives",
                    port,
                    properties.dataDir().resolve("archives"),
                    Set.of(Partner.ARCHIVES),
                    Map.of("shuniu", secrets.read("archives-queue-password")));
            ArchivesSimulator archives = new ArchivesSimulator(broker, ledger, faultsOf(Partner.ARCHIVES));
            running.push(archives::close);
            archives.start();
        }
    }

    /** One broker for all of them, with an account for each. */
    private void openQueueOffices(List<Contract> contracts) {
        int port = properties.listeners().queues();
        if (port > 0 && !contracts.isEmpty()) {
            OfficeBroker broker = new OfficeBroker(
                    "queues",
                    port,
                    properties.dataDir().resolve("queues"),
                    contracts.stream().map(Contract::partner).collect(Collectors.toSet()),
                    contracts.stream()
                            .collect(Collectors.toMap(
                                    Contract::partner,
                                    contract -> secrets.read(contract.partner() + "-queue-password"))));
            running.push(broker::close);
            for (Contract contract : contracts) {
                QueueOffice office = ContractOffices.queue(
                        contract, ledger(contract.partner()), broker, faultsOf(contract.partner()));
                running.push(office::close);
                office.start();
            }
        }
    }

    /** The gateway's second door leads to the same ledger, and has the same troubles. */
    private void openShortMessages(Ledger ledger) {
        int port = properties.listeners().smpp();
        if (port > 0) {
            SmsCentreSimulator centre = new SmsCentreSimulator(port, secrets, ledger, faultsOf(Partner.SMS_GATEWAY));
            running.push(centre::close);
        }
    }

    private void partner(String id, PartnerSystem system) {
        server.at("/" + id, new PartnerHandler(system, faultsOf(id)));
    }

    private PartnerFaults faultsOf(String partner) {
        return faults.computeIfAbsent(partner, id -> new PartnerFaults());
    }

    private Ledger ledger(String partner) {
        Ledger ledger = new Ledger(properties.dataDir(), partner);
        running.push(ledger::close);
        ledgers.put(partner, ledger);
        return ledger;
    }
}
