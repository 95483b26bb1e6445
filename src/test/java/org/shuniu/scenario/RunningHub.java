package org.shuniu.scenario;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import org.shuniu.ShuniuApplication;
import org.shuniu.packaged.Workplace;
import org.shuniu.store.DatabaseAddress;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole hub with its simulated partners, on free ports and in a directory of its own; it can be stopped and started.
 *
 * <p>Its routes are the real ones with waits of a second instead of hours.
 */
final class RunningHub implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    /** What takes an attacker long takes every login of a test long; kept in the same form. */
    private static final PasswordEncoder QUICK_PASSWORDS =
            new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(4)));

    /** The hour of the day at which a test runs decides nothing. */
    private static final UnaryOperator<String> ALWAYS_OPEN = text -> text.replaceAll("(?m)^hours:\n( .*\n)+", "");

    /** For who waits for no file: to log in to departments for them each second takes a fifteenth of what the hub works. */
    static final String LOOKS_SELDOM = "--shuniu.files.look=0 * * * * ?";

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path directory;
    private final List<String> settings;
    private final int port = Workplace.freePort();
    private final int simulatorPort = Workplace.freePort();
    private final int sftpPort = Workplace.freePort();
    private final int archivesPort = Workplace.freePort();
    private final int smppPort = Workplace.freePort();
    private final int databasePort = Workplace.freePort();
    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;

    private final SettableClock clock = new SettableClock();
    private final UnaryOperator<String> partnerFile;

    /** What stands in the place of a bean. */
    private UnaryOperator<Object> bean = UnaryOperator.identity();

    private RunningHub(Path directory, UnaryOperator<String> partnerFile, List<String> settings) {
        this.directory = directory;
        this.partnerFile = partnerFile;
        this.settings = settings;
    }

    /** @param settings besides those of every scenario, such as {@code --name=value} */
    static RunningHub start(Path directory, String... settings) {
        return start(directory, UnaryOperator.identity(), settings);
    }

    /** @param partnerFile changes the text of every partner.yaml */
    static RunningHub start(Path directory, UnaryOperator<String> partnerFile, String... settings) {
        return start(directory, partnerFile, routes -> {}, settings);
    }

    /** @param addition puts further partners into the hub's folder of routes */
    static RunningHub start(
            Path directory, UnaryOperator<String> partnerFile, Consumer<Path> addition, String... settings) {
        RunningHub hub = new RunningHub(directory, partnerFile, List.of(settings));
        hub.copyRoutes();
        addition.accept(directory.resolve("routes"));
        hub.start();
        return hub;
    }

    /** @param sockets over which it speaks to its database */
    static RunningHub startOver(Path directory, Class<? extends SocketFactory> sockets) {
        RunningHub hub = new RunningHub(directory, UnaryOperator.identity(), List.of());
        hub.copyRoutes();
        hub.bean = bean -> bean instanceof DatabaseAddress address
                ? new DatabaseAddress(
                        "%s%ssocketFactory=%s"
                                .formatted(address.url(), address.url().contains("?") ? "&" : "?", sockets.getName()),
                        address.username(),
                        address.password())
                : bean;
        hub.start();
        return hub;
    }

    void start() {
        MigratedDatabase.copyTo(directory.resolve("data/postgres"));
        List<String> all = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--shuniu.simulator.port=" + simulatorPort,
                "--shuniu.simulator.sftp.port=" + sftpPort,
                "--shuniu.simulator.listeners.archives=" + archivesPort,
                "--shuniu.simulator.listeners.smpp=" + smppPort,
                "--shuniu.database.port=" + databasePort,
                "--shuniu.simulator.traffic.enabled=false",
                "--shuniu.simulator.day.length=0",
                "--shuniu.simulator.province.enabled=false",
                "--shuniu.data-dir=" + directory.resolve("data"),
                "--shuniu.routes-dir=" + directory.resolve("routes"),
                "--shuniu.delivery.send-lease=5s",
                "--shuniu.vault.pause=1ms",
                "--shuniu.vault.settle=1s",
                "--shuniu.delivery.keep-hours=true",
                "--logging.file.name=" + directory.resolve("hub.log"),
                "--logging.level.root=INFO"));
        if (settings.stream().noneMatch(setting -> setting.startsWith("--shuniu.exchange.enabled"))) {
            all.add("--shuniu.exchange.enabled=false");
        }
        if (settings.stream().noneMatch(LOOKS_SELDOM::equals)) {
            all.add("--shuniu.files.look=* * * * * ?");
        }
        all.addAll(settings);
        context = new SpringApplicationBuilder(ShuniuApplication.class)
                .initializers(
                        clock,
                        context -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                            @Override
                            public Object postProcessAfterInitialization(Object made, String name) {
                                return bean.apply(made instanceof PasswordEncoder ? QUICK_PASSWORDS : made);
                            }
                        }))
                .run(all.toArray(String[]::new));
    }

    void stop() {
        context.close();
    }

    @Override
    public void close() {
        if (context.isActive()) {
            context.close();
        }
    }

    /** What happened to a case, in the words of its timeline. */
    List<String> steps(String caseNo) {
        return caseFile(caseNo)
                .path("timeline")
                .valueStream()
                .map(step -> step.path("event").asString())
                .toList();
    }

    private void copyRoutes() {
        Workplace.copy(
                Path.of("routes"),
                directory.resolve("routes"),
                (file, text) -> file.endsWith("partner.yaml") ? partnerFile.apply(hastened(text)) : text);
    }

    private static String hastened(String partnerFile) {
        return ALWAYS_OPEN
                .apply(partnerFile)
                .replaceAll("schedule: \\[.*]", "schedule: [0s, " + "1s, ".repeat(60) + "1s]")
                .replaceAll("    at: \\[.*]", "    at: always")
                .replaceAll("overdue: .*", "overdue: 1s")
                .replaceAll("deadline: .*", "deadline: 3s")
                .replaceAll("probe-every: 5s", "probe-every: 1s");
    }

    SettableClock clock() {
        return clock;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    Path directory() {
        return directory;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** One of several of its type. */
    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    RequestMappingHandlerMapping handlers() {
        return context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }

    JdbcTemplate sql() {
        return bean(Pools.class).console().sql();
    }

    String secret(String name) {
        try {
            return Files.readString(directory.resolve("data/secrets").resolve(name))
                    .strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    HttpRequest.Builder request(String path, String tokenName) {
        return HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", "Bearer " + secret(tokenName));
    }

    /** The platform hands something in. */
    HttpResponse<String> post(String path, String key, String body) {
        return send(request(path, "acceptance-platform-token")
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> apply(String application) {
        return post("/api/v1/applications", UUID.randomUUID().toString(), application);
    }

    /** Hands an application in and says which case it became. */
    String caseOf(String application) {
        HttpResponse<String> answer = apply(application);
        if (answer.statusCode() != 202) {
            throw new AssertionError("expected 202: %d %s".formatted(answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body()).path("caseNo").stringValue();
    }

    HttpResponse<String> get(String path) {
        return send(request(path, "acceptance-platform-token").GET());
    }

    JsonNode caseFile(String caseNo) {
        return JSON.readTree(get("/api/v1/cases/" + caseNo).body());
    }

    String status(String caseNo) {
        return caseFile(caseNo).path("status").asString("none");
    }

    void awaitStatus(String caseNo, String status) {
        await().alias("case in status " + status)
                .atMost(PATIENCE)
                .until(() -> status(caseNo), Predicate.isEqual(status));
    }

    HttpResponse<String> operate(String path, String body) {
        return send(request("/ops/v1" + path, "operator-token")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What an engineer says to the hub of its configuration. */
    HttpResponse<String> engineer(String path, String body) {
        return send(request("/ops/v1/swap" + path, "engineer-token")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What came into force when, and by what each process goes. */
    JsonNode swaps() {
        return JSON.readTree(
                send(request("/ops/v1/swap", "engineer-token").GET()).body());
    }

    JsonNode operatorSees(String path) {
        return JSON.readTree(
                send(request("/ops/v1" + path, "operator-token").GET()).body());
    }

    /** Switches a fault of a simulated partner. */
    void fault(String partner, String fault) {
        fault(partner, "{\"fault\":\"%s\"}".formatted(fault), 200);
    }

    void fault(String partner, String body, int expected) {
        HttpResponse<String> answer = send(faultsOf(partner).POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != expected) {
            throw new AssertionError(answer.body());
        }
    }

    /** Whether a call, row or file has met the fault that was set last. */
    boolean hasMetItsFault(String partner) {
        return JSON.readTree(send(faultsOf(partner)).body()).path("met").intValue() > 0;
    }

    private HttpRequest.Builder faultsOf(String partner) {
        return simulator("/faults/" + partner);
    }

    /** An address of the simulated partners. */
    HttpRequest.Builder simulator(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(simulatorPort, path)));
    }

    /** The effects that a partner's own ledger holds for a case, in their order. */
    List<String> effects(String partner, String caseNo) {
        List<String> effects = new ArrayList<>();
        for (String line : ledger(partner)) {
            JsonNode effect = JSON.readTree(line);
            if (effect.path("caseNo").asString("").equals(caseNo)) {
                effects.add(effect.path("effect").asString());
            }
        }
        return effects;
    }

    List<String> ledger(String partner) {
        try {
            return Files.readAllLines(
                    directory.resolve("data/ledger").resolve(partner + ".jsonl"), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Waits until no delivery is under way. */
    void awaitQuiet() {
        // In one statement: an answer that is read between two would leave its delivery unseen.
        await().alias("no delivery pending").atMost(PATIENCE).until(() -> sql().queryForObject("""
                        select (select count(*) from delivery where state = 'pending')
                            + (select count(*) from answer where read_at is null)""", Long.class) == 0);
    }
}
