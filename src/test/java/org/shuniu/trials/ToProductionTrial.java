package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.packaged.ClientTls;
import org.shuniu.packaged.ShellPage;
import org.shuniu.packaged.Workplace;

/** The page {@code docs/to-production.md}, followed word for word with plain processes. */
class ToProductionTrial {

    private static final Path PAGE = Path.of("docs/to-production.md");
    private static final String END = "The page is at its end.";

    /** What runs in the background ends with it, however it ends. */
    private static final String SCRIPT = """
            set -eux
            trap 'kill $(jobs -p); wait' EXIT
            %s
            echo '%s'
            read -r end
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final int SECOND_HUB = 8082;
    private static final int SECOND_EXCHANGE = 9442;
    private static final int SECOND_BROKER = 61618;
    private static final int DATABASE = 5433;
    private static final int SIMULATORS = 8090;
    private static final int SFTP = 8022;
    private static final int ARCHIVES = 8091;

    /** Those of the page are a machine's that has nothing else to do. */
    private final Map<Integer, Integer> ports = Stream.of(
                    8081,
                    SECOND_HUB,
                    9441,
                    SECOND_EXCHANGE,
                    DATABASE,
                    61617,
                    SECOND_BROKER,
                    SIMULATORS,
                    5431,
                    SFTP,
                    ARCHIVES)
            .collect(Collectors.toMap(port -> port, port -> Workplace.freePort()));

    private final Path directory = Trial.emptied(Trial.ROOT.resolve("to-production"));
    private final Path output = directory.resolve("output");
    private Process page;

    @Test
    void leadsToTwoHubsThatGoOn() throws Exception {
        prepare();
        follow();

        assertThat(Files.readString(output)).contains("as it should be").doesNotContain("the hub gave another receipt");
        assertThat(effects()).hasSize(3).doesNotHaveDuplicates();
        databaseIsClosed();
        brokerIsClosed();
        hubIsClosed();
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        if (page != null) {
            page.getOutputStream().close();
            if (!page.waitFor(1, TimeUnit.MINUTES)) {
                page.descendants().forEach(ProcessHandle::destroyForcibly);
                page.destroyForcibly();
            }
        }
    }

    private void prepare() throws IOException {
        Workplace.prepare(directory);
        for (String folder : List.of("target", "docker", "exchange")) {
            Files.createSymbolicLink(directory.resolve(folder), Path.of(folder).toAbsolutePath());
        }
        Files.createSymbolicLink(directory.resolve("artemis"), ArtemisServer.home());
        Path programs = Files.createDirectories(directory.resolve("programs"));
        Path server = programsOfPostgres();
        for (String program : List.of("initdb", "postgres")) {
            Path file = Files.writeString(
                    programs.resolve(program),
                    "#!/bin/sh\nexec %s%s \"$@\"\n".formatted(asSomebody(), server.resolve(program)));
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    /** PostgreSQL does not run as root; in a name space of its own nobody is root. */
    private static String asSomebody() {
        return "root".equals(System.getProperty("user.name")) ? "unshare -U " : "";
    }

    /** A server writes down by which program it was started. */
    private Path programsOfPostgres() throws IOException {
        Path once = directory.resolve("once");
        try (EmbeddedDatabase server = EmbeddedDatabase.start(once, 0)) {
            String started = Files.readString(once.resolve("postmaster.opts"));
            return Path.of(started.substring(0, started.indexOf(' '))).getParent();
        }
    }

    private void follow() throws IOException {
        String commands = ShellPage.commands(PAGE);
        for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
            assertThat(commands).contains(Integer.toString(port.getKey()));
            commands = commands.replaceAll("\\b%d\\b".formatted(port.getKey()), Integer.toString(port.getValue()));
        }
        Path script = Files.writeString(directory.resolve("page.sh"), SCRIPT.formatted(commands, END));
        ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().putAll(settings());
        page = bash.start();
        await().atMost(PATIENCE).until(() -> {
            assertThat(page.isAlive()).as("the page's commands, in " + output).isTrue();
            return Files.readAllLines(output).contains(END);
        });
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("PATH", directory.resolve("programs") + ":" + System.getenv("PATH"));
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx400m -XX:TieredStopAtLevel=1");
        settings.put("JAVA_ARGS_APPEND", "-Xms64m -Xmx512m");
        // Of the demo; the hubs say theirs.
        settings.put("SERVER_PORT", Integer.toString(Workplace.freePort()));
        settings.put("SHUNIU_SIMULATOR_PORT", Integer.toString(ports.get(SIMULATORS)));
        settings.put("SHUNIU_SIMULATOR_SFTP_PORT", Integer.toString(ports.get(SFTP)));
        settings.put("SHUNIU_SIMULATOR_LISTENERS_ARCHIVES", Integer.toString(ports.get(ARCHIVES)));
        settings.put("SHUNIU_SIMULATOR_LISTENERS_SMPP", Integer.toString(Workplace.freePort()));
        settings.put("SHUNIU_SIMULATOR_LISTENERS_QUEUES", Integer.toString(Workplace.freePort()));
        return settings;
    }

    /** The messages of which the department says that it did something. */
    private List<String> effects() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("data/ledger/economy.jsonl"))) {
            return lines.filter(line -> line.contains("\"application\""))
                    .map(line -> line.replaceAll(".*\"messageId\":\"([^\"]+)\".*", "$1"))
                    .toList();
        }
    }

    private String secret(String name) throws IOException {
        return Files.readString(directory.resolve("production/secrets").resolve(name))
                .strip();
    }

    private Path authority() {
        return directory.resolve("production/tls/ca.pem");
    }

    private void databaseIsClosed() throws IOException, SQLException {
        String url = "jdbc:postgresql://127.0.0.1:%d/".formatted(ports.get(DATABASE));
        String tls = "?sslmode=verify-full&sslrootcert=" + authority();
        String password = secret("database-password");

        assertThatThrownBy(() -> DriverManager.getConnection(url + "shuniu?sslmode=disable", "shuniu", password))
                .hasMessageContaining("no encryption");
        assertThatThrownBy(() -> DriverManager.getConnection(url + "shuniu" + tls, "shuniu", "guessed"))
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> DriverManager.getConnection(url + "postgres" + tls, "shuniu", password))
                .hasMessageContaining("pg_hba.conf");
        DriverManager.getConnection(url + "shuniu" + tls, "shuniu", password).close();
    }

    /** The second, since the first was killed. */
    private void brokerIsClosed() throws IOException, JMSException {
        String url = "tcp://127.0.0.1:%d?callTimeout=5000".formatted(ports.get(SECOND_BROKER));
        String tls = "&sslEnabled=true&trustStoreType=PEM&trustStorePath=" + authority();
        String password = secret("broker-password");

        assertThatThrownBy(() -> connect(url, password)).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connect(url + tls, "guessed")).hasMessageContaining("AMQ229031");
        connect(url + tls, password);
    }

    private static void connect(String url, String password) throws JMSException {
        try (ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(url)) {
            broker.createConnection("shuniu", password).close();
        }
    }

    /** The second listens where the page says and nowhere else, by TLS, and tells strangers nothing. */
    private void hubIsClosed() throws Exception {
        long pid = Long.parseLong(
                Files.readString(directory.resolve("production/hub-2.pid")).strip());
        assertThat(listening(pid)).containsExactlyInAnyOrder(ports.get(SECOND_HUB), ports.get(SECOND_EXCHANGE));

        String address = "https://127.0.0.1:" + ports.get(SECOND_HUB);
        HttpClient stranger = HttpClient.newBuilder()
                .sslContext(ClientTls.of(authority(), null))
                .build();
        for (String path : List.of("/prometheus", "/health/db", "/env", "/heapdump", "/loggers")) {
            assertThat(status(stranger, address + "/actuator" + path)).as(path).isEqualTo(401);
        }
        assertThat(status(stranger, address.replace("https:", "http:") + "/login"))
                .as("without TLS")
                .isEqualTo(400);
    }

    private static int status(HttpClient client, String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The ports that a process listens at, by what the kernel says of its sockets. */
    private static Set<Integer> listening(long pid) throws IOException {
        Set<String> sockets;
        try (Stream<Path> files = Files.list(Path.of("/proc/%d/fd".formatted(pid)))) {
            sockets = files.map(ToProductionTrial::target)
                    .filter(file -> file.startsWith("socket:["))
                    .map(file -> file.replaceAll("\\D", ""))
                    .collect(Collectors.toSet());
        }
        return Stream.of("tcp", "tcp6")
                .flatMap(kind -> lines(Path.of("/proc/net", kind)).skip(1))
                .map(line -> line.strip().split("\\s+"))
                .filter(socket -> socket[3].equals("0A") && sockets.contains(socket[9]))
                .map(socket -> Integer.parseInt(socket[1].substring(socket[1].indexOf(':') + 1), 16))
                .collect(Collectors.toSet());
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
