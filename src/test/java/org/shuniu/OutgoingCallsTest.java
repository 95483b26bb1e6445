package org.shuniu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * H24: the hub calls addresses that stand in partner files and in its own settings, and no other; what comes in a message names none
 * that is ever called. Each place that opens a connection is listed here with where its address is from, and none follows anybody.
 */
class OutgoingCallsTest {

    private static final Path SOURCES = Path.of("src/main/java/org/shuniu");

    /** What makes a client or opens a connection. */
    private static final Pattern OPENS = Pattern.compile(
            "HttpClient\\.new|HttpClients\\.|openConnection\\(|\\.toURL\\(\\)|new URL\\(|RestTemplate\\(|RestClient\\.builder|WebClient\\.|new Socket\\(\\)"
                    + "|SocketChannel\\.open|new JmsConnectionFactory\\(|new SMPPSession\\(|SshClient\\.setUp|new HikariDataSource\\(|DriverManager\\.");

    private static final Pattern CLIENT = Pattern.compile("HttpClient\\.new|HttpClients\\.");
    private static final Pattern STAYS =
            Pattern.compile("followRedirects\\(HttpClient\\.Redirect\\.NEVER\\)|disableRedirectHandling\\(\\)");

    private static final String PARTNER_FILE = "address, queues, files or url of partner.yaml";
    private static final String SETTING = "the hub's own setting";
    private static final String PERSON = "the command line of whoever runs it";

    private static final Map<String, String> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("channel/HttpExchange.java", PARTNER_FILE),
            Map.entry("channel/BrokerConnection.java", PARTNER_FILE),
            Map.entry("channel/FileServer.java", PARTNER_FILE),
            Map.entry("channel/FrontDatabase.java", PARTNER_FILE),
            Map.entry("channel/SmppSessions.java", PARTNER_FILE),
            Map.entry("exchange/RegionCalls.java", PARTNER_FILE),
            Map.entry("check/AddressCheck.java", PARTNER_FILE),
            Map.entry("exchange/AuthorityCall.java", SETTING),
            Map.entry("console/ProviderCalls.java", SETTING),
            Map.entry("incident/Webhook.java", SETTING),
            Map.entry("incident/OpenedSockets.java", SETTING),
            Map.entry("command/HubDatabase.java", SETTING),
            Map.entry("store/Pools.java", SETTING),
            Map.entry("command/HubCalls.java", PERSON),
            Map.entry("command/Machine.java", PERSON)));

    @Test
    void areOpenedWhereTheAddressIsAgreed() {
        assertThat(sources(OPENS).keySet()).isEqualTo(KNOWN.keySet());
    }

    @Test
    void areFollowedByNoOther() {
        assertThat(sources(CLIENT))
                .isNotEmpty()
                .allSatisfy(
                        (file, text) -> assertThat(STAYS.matcher(text).results().count())
                                .as(file)
                                .isEqualTo(CLIENT.matcher(text).results().count()));
    }

    /** A document's own words for where more of it is are data: no schema of the hub has a place for an address that it would call. */
    @Test
    void haveNoPlaceInADocument() throws IOException {
        try (Stream<Path> schemas = Files.list(Path.of("mappings/canonical"))) {
            assertThat(schemas.filter(file -> file.toString().endsWith(".schema.json")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .doesNotContainPattern("(?i)\"[a-z]*(url|uri|href|callback|dataref)\"\\s*:\\s*\\{")
                            .doesNotContainPattern("\"format\"\\s*:\\s*\"(uri|iri|uri-reference)\""));
        }
    }

    private static Map<String, String> sources(Pattern what) {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("simulator")))
                    .filter(file -> what.matcher(read(file)).find())
                    .collect(Collectors.toMap(
                            file -> SOURCES.relativize(file).toString(),
                            OutgoingCallsTest::read,
                            (one, other) -> one,
                            TreeMap::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
