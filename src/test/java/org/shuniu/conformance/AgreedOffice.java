package org.shuniu.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.shuniu.access.AccessTokens;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractItem;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.scaffold.CatalogueRows;
import org.shuniu.scaffold.Scaffold;
import org.shuniu.simulator.SimulatorProperties;
import org.shuniu.simulator.Simulators;
import org.springframework.mock.env.MockEnvironment;

/**
 * A department made of a contract, in a directory of its own, with the simulated office: one that is called behind a door keeper who
 * passes calls on as they are, or carelessly; any other on its own server, broker or database.
 */
public final class AgreedOffice implements AutoCloseable {

    public static final String OFFICE = "forestry";
    static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    /** A call as it comes, and how it is answered. */
    record Asked(String path, String authorization, String body) {

        Asked withBody(String other) {
            return new Asked(path, authorization, other);
        }

        boolean isQuery() {
            return path.endsWith("/queries") || body.contains("queryRequest");
        }

        boolean isWithdrawal() {
            return path.endsWith("/withdrawals") || body.contains("withdrawalRequest");
        }
    }

    /** @param type of the content */
    record Answered(int status, String type, String body) {}

    /** The office behind the door. */
    interface Behind {
        Answered answer(Asked asked);
    }

    /** What the door keeper does with a call. */
    interface Careless {
        Answered answer(Asked asked, Behind office);
    }

    private final Path directory;
    private final Contract contract;
    private final Simulators simulators;
    private final HttpServer door;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int listening = Workplace.freePort();
    private final int serving;
    private final String frontEnds;
    private Duration within = Duration.ofSeconds(15);
    private volatile Careless careless = (asked, office) -> office.answer(asked);

    private AgreedOffice(Path directory, Contract contract, String frontEnds) throws IOException {
        this.directory = directory;
        this.contract = contract;
        this.frontEnds = frontEnds;
        this.serving = Workplace.freePort();
        this.simulators = Simulators.start(new SimulatorProperties(
                true,
                0,
                URI.create("http://127.0.0.1:" + listening),
                directory.resolve("office"),
                directory.resolve("secrets"),
                new SimulatorProperties.TrafficRate(false, 0),
                null,
                frontEnds,
                isOf(ContractProtocol.SFTP_CSV, ContractProtocol.FIXED_WIDTH)
                        ? new SimulatorProperties.Sftp(serving)
                        : null,
                new SimulatorProperties.Listeners(0, 0, isOf(ContractProtocol.AMQP) ? serving : 0),
                null,
                mappings()));
        this.door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(Executors.newCachedThreadPool());
        door.createContext("/", this::pass);
        door.start();
    }

    private boolean isOf(ContractProtocol... protocols) {
        return List.of(protocols).contains(contract.protocol());
    }

    public static AgreedOffice of(Path directory, ContractProtocol protocol, Results results) throws IOException {
        return of(directory, protocol, results, "");
    }

    /** @param frontEnds the address of its front-end database up to its name, where it has one */
    static AgreedOffice of(Path directory, ContractProtocol protocol, Results results, String frontEnds)
            throws IOException {
        Contract contract = write(directory, protocol, results);
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(secrets.resolve(OFFICE + "-secret"), "the hub's");
        for (String secret : List.of("-sftp-password", "-queue-password", "-database-password")) {
            Files.writeString(secrets.resolve(OFFICE + secret), "the hub's");
        }
        Files.writeString(secrets.resolve(OFFICE + "-callback-token"), "the office's");
        Files.writeString(secrets.resolve(OFFICE + "-callback-token-sha256"), AccessTokens.digest("the office's"));
        return new AgreedOffice(directory, contract, frontEnds);
    }

    /** Its routes and mappings, with what all mappings share. */
    public static Contract write(Path directory, ContractProtocol protocol, Results results) throws IOException {
        Workplace.copy(Path.of("mappings/canonical"), directory.resolve("mappings/canonical"), text -> text);
        Workplace.copy(Path.of("mappings/catalogue"), directory.resolve("mappings/catalogue"), text -> text);
        String text = Scaffold.starter(
                OFFICE,
                new Name("绿化市容", "Landscaping"),
                "LH",
                "上海市绿化和市容管理局",
                protocol,
                Optional.of(results),
                DAY,
                List.of(
                        new ContractItem("312098001000", new Name("古树名木保护申请", "Protection of old trees"), 10),
                        new ContractItem("312098002000", new Name("绿地占用申请", "Use of green land"), 15)));
        Path mappings = directory.resolve("mappings");
        List<Fault> faults = new ArrayList<>();
        Contract contract = ContractFile.read(ContractFile.of(mappings, OFFICE), text, faults)
                .orElseThrow(() -> new AssertionError(faults));
        Scaffold scaffold = new Scaffold(contract);
        put(mappings.resolve(OFFICE), scaffold.mappings());
        put(mappings.resolve(OFFICE), Map.of(ContractFile.NAME, text));
        Map<String, String> routes = scaffold.routes();
        // A busy machine is no fault of the office.
        routes.computeIfPresent("partner.yaml", (name, said) -> said.replace("deadline: 10s", "deadline: 60s"));
        put(directory.resolve("routes").resolve(OFFICE), routes);
        put(mappings.resolve("catalogue"), new CatalogueRows(mappings, contract).texts());
        return contract;
    }

    private static void put(Path folder, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    public Path mappings() {
        return directory.resolve("mappings");
    }

    /** Where calls come, and are passed on; of an office that is not called its server. */
    public URI address() {
        if (isOf(ContractProtocol.SFTP_CSV, ContractProtocol.FIXED_WIDTH)) {
            return URI.create("sftp://127.0.0.1:" + serving);
        }
        String below = contract.protocol() == ContractProtocol.SOAP ? "/services/cases" : "";
        return URI.create("http://127.0.0.1:%d/%s%s".formatted(door.getAddress().getPort(), OFFICE, below));
    }

    /** Where the office calls back to. */
    public int listening() {
        return listening;
    }

    PartnerDirectory partners() {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("shuniu.partners.forestry.address", address().toString())
                .withProperty(
                        "shuniu.partners.forestry.known-hosts",
                        directory.resolve("office/sftp/known_hosts").toString())
                .withProperty(
                        "shuniu.partners.forestry.url",
                        isOf(ContractProtocol.TABLE) ? frontEnds + OFFICE : "amqp://127.0.0.1:" + serving)
                .withProperty("shuniu.partners.forestry.username", OFFICE);
        return PartnerDirectory.load(directory.resolve("routes"), settings::resolveRequiredPlaceholders);
    }

    /** From here on calls are passed on so. */
    void passedOn(Careless how) {
        careless = how;
    }

    /** So long it has for a decision. */
    AgreedOffice within(Duration other) {
        within = other;
        return this;
    }

    /** Switches a misbehaviour of the simulated office on. */
    void fault(String kind) throws IOException {
        say("{\"fault\":\"%s\"}".formatted(kind));
    }

    /** One that ends by itself, so late that nobody waits for it. */
    void lastingFault(String kind) throws IOException {
        say("{\"fault\":\"%s\",\"seconds\":600}".formatted(kind));
    }

    private void say(String fault) throws IOException {
        send(HttpRequest.newBuilder(simulators.address().resolve("/faults/" + OFFICE))
                .POST(BodyPublishers.ofString(fault)));
    }

    /** Runs the trials whose ids begin so, or all; by their ids. */
    Map<String, Tried> tried(String... which) throws IOException, InterruptedException {
        return tried(Secrets.of(directory.resolve("secrets"), Map.of()), which);
    }

    Map<String, Tried> tried(Secrets secrets, String... which) throws IOException, InterruptedException {
        Partner partner = partners().partner(OFFICE);
        Map<String, Tried> tried = new LinkedHashMap<>();
        try (Suite suite = Suite.of(
                new Suite.Files(mappings(), contract, Mappings.load(mappings()), Catalogue.load(mappings())),
                partner,
                secrets,
                DAY,
                new Suite.Terms(
                        within,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), listening),
                        directory.resolve("bytes"),
                        id -> which.length == 0 || Stream.of(which).anyMatch(id::startsWith)))) {
            suite.run(one -> tried.put(one.id(), one));
        }
        return tried;
    }

    Path bytes() {
        return directory.resolve("bytes");
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked asked = new Asked(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answered answered = careless.answer(asked, this::behind);
            byte[] body = answered.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answered.type());
            exchange.sendResponseHeaders(answered.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answered behind(Asked asked) {
        try {
            HttpResponse<String> answer =
                    send(HttpRequest.newBuilder(simulators.address().resolve(asked.path()))
                            .header("Authorization", asked.authorization())
                            .POST(BodyPublishers.ofString(asked.body())));
            return new Answered(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse("text/plain"),
                    answer.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException(stopping);
        }
    }

    @Override
    public void close() {
        door.stop(0);
        simulators.close();
    }
}
