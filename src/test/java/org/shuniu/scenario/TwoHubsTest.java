package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.packaged.Workplace;

/** Two hubs, each a region of the other: a case that moves between them is one case on both sides, whatever is cut or stopped. */
class TwoHubsTest {

    private static final String NANJING = "320106";
    private static final String SHANGHAI_STREET = "310101002";
    private static final String DONE = "60";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path directory;

    private static RegionPki pki;
    private static Side shanghai;
    private static Side jiangsu;

    /** A hub, and how it calls its neighbour. */
    private record Side(String region, String neighbour, String division, int port, RunningHub hub) {

        /** Hands in a case that the neighbour decides; which case it is here. */
        String apply() {
            return apply("示例");
        }

        String apply(String remark) {
            return hub.caseOf(Applications.online(Applications.ECONOMY, remark).replace(SHANGHAI_STREET, division));
        }

        /** What the neighbour has signed of the message that began a case. */
        List<String> signed(String caseNo) {
            return hub.sql().queryForList("""
                            select e.kind from exchange_evidence e join case_file c on c.application_id::text = e.message_id
                            where e.direction = 'sent' and c.case_no = ? order by e.seq
                            """, String.class, caseNo);
        }

        boolean done(String caseNo) {
            return hub.status(caseNo).equals(DONE);
        }

        /** The number that the neighbour's case has here. */
        String known(String theirs) {
            return hub.sql().queryForList("""
                            select m.case_no from sender_case s join message m on m.id = s.message_id
                            where s.partner = ? and s.sender_case_no = ?
                            """, String.class, neighbour, theirs).stream()
                    .findFirst()
                    .orElse("none");
        }

        /** What was signed of each message in this direction. */
        Map<String, List<String>> ladder(String direction) {
            Map<String, List<String>> ladder = new TreeMap<>();
            hub.sql()
                    .query(
                            "select message_id, kind, encode(evidence, 'escape') from exchange_evidence where direction = ? order by seq",
                            row -> {
                                ladder.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                                        .add(row.getString(2) + " " + row.getString(3));
                            },
                            direction);
            ladder.values().forEach(steps -> steps.sort(null));
            return ladder;
        }
    }

    @BeforeAll
    static void start() {
        pki = new RegionPki(directory.resolve("pki"));
        for (String region : List.of("shanghai", "jiangsu")) {
            pki.certificate(region, "ca", "clientAuth", 30);
        }
        pki.signingKey("shanghai", "sm2-sm3");
        pki.signingKey("jiangsu", "ed25519");
        int here = Workplace.freePort();
        int there = Workplace.freePort();
        shanghai = side("shanghai", "jiangsu", NANJING, here, there);
        jiangsu = side("jiangsu", "shanghai", SHANGHAI_STREET, there, here);
    }

    @AfterAll
    static void stop() {
        Stream.of(shanghai, jiangsu)
                .filter(side -> side != null)
                .forEach(side -> side.hub().close());
    }

    private static Side side(String region, String neighbour, String division, int port, int other) {
        Path folder = directory.resolve(region);
        Path mappings = folder.resolve("mappings");
        Workplace.copy(Path.of("mappings"), mappings, (file, text) -> catalogue(file, text, region));
        UnaryOperator<String> named = text -> text.replace("jiangsu", neighbour);
        Workplace.copy(Path.of("mappings/jiangsu"), mappings.resolve(neighbour), named);
        RunningHub hub = RunningHub.start(
                folder,
                text -> text.replace("probe-every: 30s", "probe-every: 1s"),
                routes -> copy(routes, neighbour),
                settings(region, neighbour, mappings, port, other));
        return new Side(region, neighbour, division, port, hub);
    }

    /** The region's own folder is not there, its neighbour's is made of that of a province. */
    private static void copy(Path routes, String neighbour) {
        if (!neighbour.equals("jiangsu")) {
            Workplace.copy(
                    routes.resolve("jiangsu"), routes.resolve(neighbour), text -> text.replace("jiangsu", neighbour));
        }
    }

    /** The item is one of the Delta; in the province it is Shanghai that is a neighbour. */
    private static String catalogue(Path file, String text, String region) {
        return switch (file.getFileName().toString()) {
            case "items.csv" ->
                text.replaceAll(
                        "(?m)^(" + Applications.ECONOMY + ",.*,1,no),no,public,public,,",
                        "$1,yes,public,public,made-up,");
            case "provinces.csv" -> region.equals("jiangsu") ? text.replace("32,jiangsu", "31,shanghai") : text;
            default -> text;
        };
    }

    private static String[] settings(String region, String neighbour, Path mappings, int port, int other) {
        String partner = "--shuniu.partners." + neighbour;
        return new String[] {
            "--shuniu.mappings-dir=" + mappings,
            "--shuniu.exchange.enabled=true",
            "--shuniu.exchange.port=" + port,
            "--shuniu.exchange.base=https://127.0.0.1:%d/partner/v1".formatted(port),
            "--shuniu.exchange.party=urn:chx:%s:hub".formatted(region),
            "--shuniu.exchange.certificate=" + pki.path("hub.pem"),
            "--shuniu.exchange.certificate-key=" + pki.path("hub.key"),
            "--shuniu.exchange.client-certificate=" + pki.path(region + ".pem"),
            "--shuniu.exchange.client-certificate-key=" + pki.path(region + ".key"),
            "--shuniu.exchange.client-authorities=" + pki.path("ca.pem"),
            "--shuniu.exchange.keyid=" + region + "-1",
            "--shuniu.exchange.algorithm=" + algorithm(region),
            "--shuniu.exchange.signing-key=" + pki.path(region + ".sign"),
            partner + ".connected=true",
            partner + ".address=https://127.0.0.1:%d/partner/v1".formatted(other),
            partner + ".certificate=" + pki.fingerprint(neighbour),
            partner + ".keyid=" + neighbour + "-1",
            partner + ".algorithm=" + algorithm(neighbour),
            partner + ".public-key-file=" + pki.path(neighbour + ".pub")
        };
    }

    private static String algorithm(String region) {
        return region.equals("shanghai") ? "sm2-sm3" : "ed25519";
    }

    @Test
    void movesCasesBothWaysThroughACutAndTwoStops() {
        List<String> ours = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        ours.add(shanghai.apply());
        theirs.add(jiangsu.apply());
        awaitDone(shanghai, ours);
        awaitDone(jiangsu, theirs);

        jiangsu.hub().stop();
        ours.add(shanghai.apply());
        ours.add(shanghai.apply());
        await().atMost(PATIENCE)
                .until(() -> shanghai.hub()
                                .sql()
                                .queryForObject(
                                        "select count(*) from delivery where receiver = 'jiangsu' and state = 'pending' and spent > 0",
                                        Long.class)
                        >= 1);
        jiangsu.hub().start();
        awaitDone(shanghai, ours);

        shanghai.hub().stop();
        theirs.add(jiangsu.apply());
        theirs.add(jiangsu.apply());
        jiangsu.hub().stop();
        shanghai.hub().start();
        ours.add(shanghai.apply());
        jiangsu.hub().start();
        awaitDone(shanghai, ours);
        awaitDone(jiangsu, theirs);

        requireOneEffectOfEach(shanghai, ours, jiangsu);
        requireOneEffectOfEach(jiangsu, theirs, shanghai);
        requireEqualLadders(shanghai, jiangsu);
        requireEqualLadders(jiangsu, shanghai);
    }

    @Test
    void bringsWhatACaseNamesToTheHubThatDecidesIt() throws IOException {
        byte[] content = (UUID.randomUUID() + " and more ").repeat(50_000).getBytes(StandardCharsets.UTF_8);
        String digest = EncryptionAtRestTest.digest(content);
        HttpResponse<String> uploaded = shanghai.hub()
                .send(shanghai.hub()
                        .request("/api/v1/attachments/" + digest, "acceptance-platform-token")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
        assertThat(uploaded.statusCode()).isEqualTo(201);

        String caseNo = shanghai.hub()
                .caseOf(Applications.online(Applications.ECONOMY)
                        .replace(SHANGHAI_STREET, NANJING)
                        .replace(
                                "\"channel\":",
                                "\"materials\":[{\"name\":\"a paper\",\"source\":\"0\",\"attachment\":{\"digest\":\"%s\",\"size\":%d}}],\"channel\":"
                                        .formatted(digest, content.length)));

        awaitDone(shanghai, List.of(caseNo));
        requireOneEffectOfEach(shanghai, List.of(caseNo), jiangsu);
        try (InputStream there = jiangsu.hub().bean(AttachmentStore.class).open("shanghai", digest, 0)) {
            assertThat(there.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void tellsTheSenderThatItsCaseWasRefused() {
        String caseNo = jiangsu.apply("REFUSE");

        jiangsu.hub().awaitStatus(caseNo, "61");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jiangsu.signed(caseNo)).contains("ACCEPTED", "RELAYED", "REJECTED"));
        assertThat(jiangsu.hub().steps(caseNo)).contains("region-relayed", "region-rejected");
    }

    @Test
    void tellsTheSenderThatAMessageIsStuckAndThenThatItIsNot() {
        shanghai.hub().fault("economy", "garbage");
        String caseNo = jiangsu.apply();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(jiangsu.signed(caseNo)).contains("ACCEPTED", "RELAYED", "NON_DELIVERED"));
        shanghai.hub().fault("economy", "none");
        String delivery = shanghai.hub()
                .sql()
                .queryForObject(
                        "select id::text from delivery where case_no = ? and state = 'parked'",
                        String.class,
                        shanghai.known(caseNo));

        shanghai.hub().operate("/deliveries/%s/replay".formatted(delivery), "{}");

        jiangsu.hub().awaitStatus(caseNo, DONE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jiangsu.signed(caseNo)).contains("DELIVERED"));
    }

    private static void awaitDone(Side side, List<String> cases) {
        for (String caseNo : cases) {
            await().alias("case %s of %s".formatted(caseNo, side.region()))
                    .atMost(PATIENCE)
                    .until(() -> side.done(caseNo));
        }
    }

    private static void requireOneEffectOfEach(Side owner, List<String> cases, Side decider) {
        for (String caseNo : cases) {
            String there = decider.known(caseNo);
            assertThat(decider.hub().effects("economy", there)).as(there).hasSize(1);
            assertThat(decider.hub()
                            .sql()
                            .queryForObject("select status from case_file where case_no = ?", String.class, there))
                    .isEqualTo(DONE);
            assertThat(owner.hub()
                            .sql()
                            .queryForObject("select receiver from case_file where case_no = ?", String.class, caseNo))
                    .isEqualTo(decider.region());
        }
    }

    /** Each receipt and each step that one side has signed is with the other, byte for byte. */
    private static void requireEqualLadders(Side sender, Side receiver) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sender.ladder("sent")).isEqualTo(receiver.ladder("received")));
        assertThat(sender.ladder("sent").values().stream().flatMap(List::stream).map(step -> step.split(" ")[0]))
                .contains("ACCEPTED", "RELAYED", "DELIVERED");
    }
}
