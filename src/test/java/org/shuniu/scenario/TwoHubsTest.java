package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
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
import org.shuniu.evidence.Evidence;
import org.shuniu.evidence.SealKey;
import org.shuniu.evidence.Verification;
import org.shuniu.packaged.Workplace;
import org.shuniu.signature.ContentDigest;
import org.shuniu.store.DatabaseAddress;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;

/** Two hubs, each a region of the other: a case that moves between them is one case on both sides, whatever is cut or stopped. */
class TwoHubsTest {

    private static final String NANJING = "320106";
    private static final String SHANGHAI_STREET = "310101002";
    /** The area codes of healthcare security know no districts of it. */
    private static final String CITY_OF_NANJING = "320100";

    private static final String HEFEI = "340100";
    /** An item of the Delta that is agreed no more. */
    private static final String LOOK_UP = "312000370000";

    /** Items that an office of each side decides: one after the other, and at the same time. */
    private static final String IN_STAGES = "312099069000";

    private static final String SIDE_BY_SIDE = "312099058000";

    private static final String IN_WORK = "40";
    private static final String DONE = "60";
    private static final String WITHDRAWN = "90";
    private static final String UNDECIDED = "{\"fault\":\"late-result\",\"seconds\":600}";
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
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

        /** Hands in what a window here received for the neighbour. */
        String receive() {
            return hub.caseOf(Applications.atCounter(Applications.ECONOMY, "")
                    .replace(quoted(SHANGHAI_STREET), quoted(division)));
        }

        private static String quoted(String code) {
            return '"' + code + '"';
        }

        /** Says where the paper of a case is. */
        HttpResponse<String> paper(String caseNo, String step) {
            return hub.post(
                    "/api/v1/cases/%s/paper".formatted(caseNo),
                    UUID.randomUUID().toString(),
                    "{\"step\":\"%s\",\"centre\":\"%s\",\"paperTime\":\"%s\",\"waybillNo\":\"SF-1\"}"
                            .formatted(step, Applications.CENTRE, Applications.now()));
        }

        /** What this side's operators see of a shared case. */
        JsonNode shared(String caseNo) {
            return hub.operatorSees("/turns/" + caseNo);
        }

        /** How far each office is that decides a case. */
        List<String> parts(String caseNo) {
            return shared(caseNo)
                    .path("parts")
                    .valueStream()
                    .map(part -> part.path("office").asString("") + " "
                            + part.path("state").asString(""))
                    .toList();
        }

        /** How many results of a case went to whoever handed it in. */
        int results(String caseNo) {
            return hub.sql()
                    .queryForObject(
                            "select count(*) from delivery where case_no = ? and document = 'result' and queue = 'result'",
                            Integer.class,
                            caseNo);
        }

        /** Whose turn it is: holder, side, office and last day. */
        String turn(String caseNo) {
            JsonNode turn = shared(caseNo).path("turn");
            return "%s %s %s %s"
                    .formatted(
                            turn.path("holder").asString(""),
                            turn.path("side").asString(""),
                            turn.path("office").asString(""),
                            turn.path("dueOn").asString(""));
        }

        /** What happened to a case, with the region where it happened. */
        List<String> timeline(String caseNo) {
            return shared(caseNo)
                    .path("timeline")
                    .valueStream()
                    .map(step -> (step.path("event").asString("")
                                    + " " + step.path("status").asString("")
                                    + " " + step.path("origin").asString(""))
                            .strip()
                            .replace("  ", " "))
                    .toList();
        }

        void supplement(String caseNo) {
            add(caseNo, "supplements", "supplementTime");
        }

        void withdraw(String caseNo) {
            add(caseNo, "withdrawal", "withdrawalTime");
        }

        private void add(String caseNo, String what, String time) {
            HttpResponse<String> answer = hub.post(
                    "/api/v1/cases/%s/%s".formatted(caseNo, what),
                    UUID.randomUUID().toString(),
                    "{\"%s\":\"%s\",\"reason\":\"示例\"}".formatted(time, Applications.now()));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }

        String standing(String caseNo) {
            return hub.sql().queryForObject("select status from case_file where case_no = ?", String.class, caseNo);
        }

        /** The numbers under which the neighbour was sent messages of a case, oldest first. */
        List<Long> numbers(String caseNo) {
            return hub.sql()
                    .queryForList(
                            "select seq from exchange_sent where case_no = ? and seq is not null order by id",
                            Long.class,
                            caseNo);
        }

        /** How the one message of this kind stands that the neighbour is sent about a case. */
        String delivery(String caseNo, String document) {
            return hub.sql()
                    .queryForObject(
                            "select state from delivery where case_no = ? and document = ? and receiver = ?",
                            String.class,
                            caseNo,
                            document,
                            neighbour);
        }

        String deliveryId(String caseNo, String document) {
            return hub.sql()
                    .queryForObject(
                            "select id::text from delivery where case_no = ? and document = ? and receiver = ?",
                            String.class,
                            caseNo,
                            document,
                            neighbour);
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

        /** What the neighbour's manifests say, held beside this hub's record. */
        JsonNode count() {
            String answer = hub.operate("/reconciliation/%s/count".formatted(neighbour), "{\"reason\":\"as a test\"}")
                    .body();
            String day = RunningHub.JSON.readTree(answer).path("day").stringValue();
            return await().atMost(PATIENCE)
                    .until(
                            () -> hub.operatorSees("/reconciliation?date=%s&partner=%s".formatted(day, neighbour))
                                    .path("reports")
                                    .path(0),
                            report -> report.path("state").asString("").equals("done"));
        }

        Map<String, Object> manifest(String whose, LocalDate day) {
            return hub
                    .sql()
                    .queryForList(
                            "select manifest, countersigned from exchange_manifest where partner = ? and day = ? and side = ?",
                            neighbour,
                            day,
                            whose)
                    .stream()
                    .findFirst()
                    .orElse(Map.of());
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
                text -> text.replace("probe-every: 30s", "probe-every: 1s").replace("lag: 2h", "lag: 0s"),
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
            // Each takes the residents of a third province for the other's: nobody must send their cases back.
            case "provinces.csv" ->
                region.equals("jiangsu")
                        ? text.replace("32,jiangsu", "31,shanghai").replace("34,anhui", "34,shanghai")
                        : text.replace("34,anhui", "34,jiangsu");
            case "region-items.csv", "region-divisions.csv" ->
                (region.equals("jiangsu") ? text.replace("jiangsu,", "shanghai,") : text)
                        .replace("," + Applications.ECONOMY + ",1|2", ",CSJ" + Applications.ECONOMY + ",1|2")
                        .replace("CSJ" + IN_STAGES + ",1|2", "CSJ" + IN_STAGES + ",1|3")
                        .replace("CSJ" + SIDE_BY_SIDE + ",1|2", "CSJ" + SIDE_BY_SIDE + ",1|3")
                        .replace(LOOK_UP + ",1|2,made-up,2019-05-22,", LOOK_UP + ",1|2,made-up,2019-05-22,2020-12-31");
            case "joint-items.csv" -> text + """
                        %1$s,1,1,region,made-up,2019-05-22,,
                        %1$s,2,2,healthcare-security,made-up,2019-05-22,,
                        %2$s,1,1,region,made-up,2019-05-22,,
                        %2$s,2,1,human-resources,made-up,2019-05-22,,
                        """.formatted(IN_STAGES, SIDE_BY_SIDE);
            default -> text;
        };
    }

    private static String[] settings(String region, String neighbour, Path mappings, int port, int other) {
        String partner = "--shuniu.partners." + neighbour;
        return new String[] {
            "--shuniu.mappings-dir=" + mappings,
            "--shuniu.reconciliation.every=500ms",
            "--shuniu.reconciliation.again=1s",
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
    void decidesThereWhatAWindowHereReceived() {
        for (Side owner : List.of(shanghai, jiangsu)) {
            Side decider = owner == shanghai ? jiangsu : shanghai;
            // Given an office that takes its time
            decider.hub().fault("economy", UNDECIDED, 200);

            // When a window receives a case for the neighbour
            String caseNo = owner.receive();
            owner.hub().awaitStatus(caseNo, IN_WORK);
            String there = decider.known(caseNo);

            // Then both sides say that it is the office's turn, up to the same day
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(owner.turn(caseNo)).startsWith("office " + decider.region() + " economy 2"));
            String due = owner.turn(caseNo).substring(owner.turn(caseNo).lastIndexOf(' '));
            assertThat(decider.turn(there)).isEqualTo("office here economy" + due);
            assertThat(decider.shared(there)
                            .path("crossing")
                            .path("window")
                            .path("code")
                            .asString(""))
                    .isEqualTo(Applications.CENTRE);
            assertThat(List.of(
                            owner.shared(caseNo).path("crossing").path("way").asString(""),
                            decider.shared(there).path("crossing").path("way").asString("")))
                    .containsOnly("2");
            assertThat(decider.hub().operatorSees("/turns").toString()).contains(there);

            // And the paper goes from the window to the office, which both see
            assertThat(owner.paper(caseNo, "arrived").statusCode()).isEqualTo(422);
            assertThat(owner.paper(caseNo, "posted").statusCode()).isEqualTo(202);
            awaitSteps(decider, there, "region-paper-posted " + owner.region());
            assertThat(decider.paper(there, "posted").statusCode()).isEqualTo(422);
            assertThat(decider.paper(there, "arrived").statusCode()).isEqualTo(202);
            awaitSteps(owner, caseNo, "region-paper-arrived " + decider.region());
            assertThat(owner.hub().caseFile(caseNo).path("paperCentre").asString(""))
                    .isEqualTo(decider.region());

            // When it is decided
            decider.hub().fault("economy", "none");
            awaitDone(owner, List.of(caseNo));

            // Then it is nobody's turn, and one timeline stands on both sides
            assertThat(List.of(owner.turn(caseNo).strip(), decider.turn(there).strip()))
                    .containsOnly("nobody");
            awaitSteps(
                    owner,
                    caseNo,
                    "status 20",
                    "region-status 20 " + decider.region(),
                    "region-relayed " + decider.region(),
                    "region-delivered " + decider.region(),
                    "status 40 " + decider.region(),
                    "paper-posted",
                    "status 60 " + decider.region());
            awaitSteps(
                    decider,
                    there,
                    "region-status 10 " + owner.region(),
                    "region-status 20 " + owner.region(),
                    "status 20",
                    "status 40",
                    "paper-arrived",
                    "status 60");
            requireOneEffectOfEach(owner, List.of(caseNo), decider);
        }
    }

    /** A step that overtakes the case it is of is told again. */
    private static void awaitSteps(Side side, String caseNo, String... steps) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(side.timeline(caseNo)).contains(steps));
    }

    @Test
    void decidesOfficeByOfficeAndGivesOneResult() {
        // Given an office of the neighbour's that is shut
        jiangsu.hub().operate("/partners/healthcare-security/pause", "{\"reason\":\"maintenance\"}");

        // When a case comes that it decides first and an office here after it
        String caseNo = shanghai.hub().caseOf(Applications.online(IN_STAGES).replace(SHANGHAI_STREET, CITY_OF_NANJING));

        // Then it is its turn, and the other one waits
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(shanghai.turn(caseNo)).startsWith("office jiangsu healthcare-security 2"));
        String there = jiangsu.known(caseNo);
        assertThat(shanghai.parts(caseNo)).containsExactly("jiangsu open", "healthcare-security waiting");
        assertThat(jiangsu.shared(there).path("crossing").path("way").asString(""))
                .isEqualTo("3");

        // When it opens
        jiangsu.hub().operate("/partners/healthcare-security/resume", "{}");
        awaitDone(shanghai, List.of(caseNo));

        // Then each had the case once, and there is one result, of which both sides know
        assertThat(shanghai.parts(caseNo)).containsExactly("jiangsu passed", "healthcare-security passed");
        assertThat(shanghai.hub().effects("healthcare-security", caseNo)).containsExactly("application");
        assertThat(jiangsu.hub().effects("healthcare-security", there)).containsExactly("application");
        assertThat(shanghai.results(caseNo)).isEqualTo(1);
        awaitSteps(jiangsu, there, "region-status 60 shanghai");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(
                                shanghai.turn(caseNo).strip(),
                                jiangsu.turn(there).strip()))
                        .containsOnly("nobody"));
    }

    @Test
    void decidesSideBySideAndWaitsForAll() {
        jiangsu.hub().operate("/partners/human-resources/pause", "{\"reason\":\"maintenance\"}");

        String caseNo = shanghai.hub().caseOf(Applications.online(SIDE_BY_SIDE).replace(SHANGHAI_STREET, NANJING));

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(shanghai.parts(caseNo)).containsExactly("jiangsu open", "human-resources passed"));
        assertThat(shanghai.results(caseNo)).isZero();
        jiangsu.hub().operate("/partners/human-resources/resume", "{}");
        awaitDone(shanghai, List.of(caseNo));
        assertThat(shanghai.parts(caseNo)).containsExactly("jiangsu passed", "human-resources passed");
        assertThat(shanghai.results(caseNo)).isEqualTo(1);
    }

    @Test
    void endsWhatOneOfficeRefuses() {
        String caseNo = shanghai.hub()
                .caseOf(Applications.online(IN_STAGES, "REFUSE").replace(SHANGHAI_STREET, CITY_OF_NANJING));

        shanghai.hub().awaitStatus(caseNo, "61");

        assertThat(shanghai.parts(caseNo)).containsExactly("jiangsu refused", "healthcare-security ended");
        shanghai.hub().awaitQuiet();
        assertThat(shanghai.hub().effects("healthcare-security", caseNo)).isEmpty();
        assertThat(shanghai.results(caseNo)).isEqualTo(1);
    }

    @Test
    void sendsNothingBackToWhereItCameFrom() {
        String caseNo =
                shanghai.hub().caseOf(Applications.online(Applications.ECONOMY).replace(SHANGHAI_STREET, HEFEI));

        awaitDone(shanghai, List.of(caseNo));

        requireOneEffectOfEach(shanghai, List.of(caseNo), jiangsu);
        assertThat(shanghai.known(jiangsu.known(caseNo))).isEqualTo("none");
    }

    @Test
    void refusesAnItemThatIsNotAgreedOnTheDay() {
        HttpResponse<String> answer =
                shanghai.hub().apply(Applications.online(LOOK_UP).replace(SHANGHAI_STREET, NANJING));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "/itemCode", "region-item", "the item " + LOOK_UP, "an item_code of jiangsu", "in force on 2");
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

    @Test
    void supplementsAndWithdrawsACaseWhereverItIsDecided() {
        for (Side owner : List.of(shanghai, jiangsu)) {
            Side decider = owner == shanghai ? jiangsu : shanghai;
            decider.hub().fault("economy", UNDECIDED, 200);
            String caseNo = owner.apply();
            owner.hub().awaitStatus(caseNo, IN_WORK);
            String there = decider.known(caseNo);

            owner.supplement(caseNo);
            owner.withdraw(caseNo);

            owner.hub().awaitStatus(caseNo, WITHDRAWN);
            decider.hub().fault("economy", "none");
            awaitNote(decider, there, "came after the case was withdrawn");
            assertThat(decider.hub().effects("economy", there))
                    .containsExactly("application", "supplement", "withdrawal");
            assertThat(List.of(owner.standing(caseNo), decider.standing(there))).containsOnly(WITHDRAWN);
            assertThat(owner.numbers(caseNo)).containsExactly(1L, 2L, 3L);
            assertThat(decider.numbers(there)).containsExactly(1L, 2L);
        }
    }

    @Test
    void hearsThatACaseEndedBeforeItWasWithdrawn() {
        jiangsu.hub().operate("/partners/shanghai/pause", "{\"reason\":\"maintenance\"}");
        String caseNo = shanghai.apply();
        await().atMost(PATIENCE).until(() -> !jiangsu.known(caseNo).equals("none"));
        String there = jiangsu.known(caseNo);
        await().atMost(PATIENCE).until(() -> jiangsu.standing(there).equals(DONE));

        shanghai.withdraw(caseNo);
        shanghai.supplement(caseNo);

        for (String document : List.of("withdrawal", "supplement")) {
            await().atMost(PATIENCE)
                    .until(() -> shanghai.delivery(caseNo, document).equals("refused"));
        }
        // What was never taken leaves its number to the next: a gap would let that one wait
        assertThat(shanghai.numbers(caseNo)).containsExactly(1L, 2L, 2L);
        // And the first result counts, however late it comes
        shanghai.hub()
                .sql()
                .update(
                        "insert into exchange_order (partner, subject, ours, last_seq) values ('jiangsu', ?, true, 5)",
                        "case/" + caseNo);
        jiangsu.hub().operate("/partners/shanghai/resume", "{}");
        shanghai.hub().awaitStatus(caseNo, DONE);
        assertThat(jiangsu.hub().effects("economy", there)).containsExactly("application");
    }

    @Test
    void goesOnUnderTheNextNumberWhereItHasForgottenWhatTheNeighbourHas() {
        jiangsu.hub().fault("economy", UNDECIDED, 200);
        String caseNo = shanghai.apply();
        shanghai.hub().awaitStatus(caseNo, IN_WORK);
        shanghai.supplement(caseNo);
        await().atMost(PATIENCE)
                .until(() -> shanghai.delivery(caseNo, "supplement").equals("delivered"));
        shanghai.hub().sql().update("update exchange_sent set seq = null where case_no = ? and seq = 2", caseNo);

        shanghai.withdraw(caseNo);

        shanghai.hub().awaitStatus(caseNo, WITHDRAWN);
        jiangsu.hub().fault("economy", "none");
        assertThat(shanghai.numbers(caseNo)).containsExactly(1L, 3L);
        assertThat(jiangsu.hub().effects("economy", jiangsu.known(caseNo)))
                .containsExactly("application", "supplement", "withdrawal");
    }

    @Test
    void leavesNoGapWhereAPersonGaveAMessageUp() throws IOException {
        jiangsu.hub().fault("economy", UNDECIDED, 200);
        String caseNo = shanghai.apply();
        shanghai.hub().awaitStatus(caseNo, IN_WORK);
        Path profile = directory.resolve("jiangsu/routes/shanghai/partner.yaml");
        String agreed = Files.readString(profile);
        changeProfile(profile, 2, agreed.replaceAll("(?m)^ +- .type: cn.shuniu.case.supplemented.*\n", ""));
        shanghai.supplement(caseNo);
        await().atMost(PATIENCE)
                .until(() -> shanghai.delivery(caseNo, "supplement").equals("parked"));
        changeProfile(profile, 3, agreed);

        shanghai.hub()
                .operate(
                        "/deliveries/%s/give-up".formatted(shanghai.deliveryId(caseNo, "supplement")),
                        "{\"reason\":\"not agreed\",\"laterOnes\":\"continue\"}");
        shanghai.withdraw(caseNo);

        shanghai.hub().awaitStatus(caseNo, WITHDRAWN);
        jiangsu.hub().fault("economy", "none");
        assertThat(shanghai.numbers(caseNo)).containsExactly(1L, 2L, 2L);
        assertThat(jiangsu.hub().effects("economy", jiangsu.known(caseNo)))
                .containsExactly("application", "withdrawal");
    }

    private static void changeProfile(Path file, int version, String text) throws IOException {
        Files.writeString(file, text.replace("version: 1", "version: " + version));
        await().atMost(PATIENCE)
                .until(() -> jiangsu.hub().operatorSees("/audit").toString().contains("version " + version));
    }

    private static void awaitNote(Side side, String caseNo, String note) {
        await().atMost(PATIENCE)
                .until(() -> side.hub()
                        .sql()
                        .queryForList(
                                "select a.note from answer a join delivery d on d.id = a.delivery_id where d.case_no = ?",
                                String.class,
                                caseNo)
                        .contains(note));
    }

    @Test
    void countersignsEachDayAndNamesWhatTheOtherSideLost() {
        String ours = shanghai.apply();
        awaitDone(shanghai, List.of(ours));
        String theirs = jiangsu.apply();
        awaitDone(jiangsu, List.of(theirs));
        LocalDate today = LocalDate.now(CITY);
        try {
            // What one side has done may still be told to the other.
            for (Side side : List.of(shanghai, jiangsu, shanghai, jiangsu)) {
                side.hub().awaitQuiet();
            }
            for (Side side : List.of(shanghai, jiangsu)) {
                side.hub().clock().set(today.plusDays(1).atTime(1, 10));
            }
            for (Side side : List.of(shanghai, jiangsu)) {
                JsonNode report = side.count();
                assertThat(List.of("missing", "unreceived", "unlisted", "altered"))
                        .allSatisfy(kind -> assertThat(
                                        report.path("counts").path(kind).intValue(-1))
                                .as("%s at %s: %s", kind, side.region(), report.path("findings"))
                                .isZero());
            }
            requireCountersigned(shanghai, jiangsu, today);
            requireCountersigned(jiangsu, shanghai, today);
            requireManifestsChecked(today);
            requireStatesCompared(ours, theirs);
            String lost = application(shanghai, ours);
            jiangsu.hub().sql().update("delete from exchange_message where idempotency_key = ?", lost);
            shanghai.hub().sql().update("delete from reconciliation_line where message_id = ?", lost);

            // As a database has it that was restored from a copy
            String forgotten = application(jiangsu, theirs);
            shanghai.hub().sql().update("delete from exchange_message where idempotency_key = ?", forgotten);
            shanghai.hub().sql().update("delete from message_key where idempotency_key = ?", forgotten);

            JsonNode report = shanghai.count();

            assertThat(found(report, "lost")).containsExactly(lost);
            assertThat(found(report, "unreceived")).containsExactly(forgotten);
        } finally {
            for (Side side : List.of(shanghai, jiangsu)) {
                side.hub().clock().set(LocalDateTime.now(CITY));
            }
        }
    }

    private static String application(Side side, String caseNo) {
        return side.hub()
                .sql()
                .queryForObject("select application_id::text from case_file where case_no = ?", String.class, caseNo);
    }

    private static List<String> found(JsonNode report, String kind) {
        return report.path("findings")
                .valueStream()
                .filter(finding -> finding.path("kind").asString().equals(kind))
                .map(finding -> finding.path("messageId").asString())
                .toList();
    }

    /** Each side has lost the last step of a message of its own. */
    private static void requireStatesCompared(String ours, String theirs) {
        try (Tampered here = new Tampered(shanghai.hub());
                Tampered there = new Tampered(jiangsu.hub())) {
            String ownMessage = here.loseTheLastStep(ours);
            String itsMessage = there.loseTheLastStep(theirs);

            assertThat(altered(shanghai.count()))
                    .containsEntry(
                            ownMessage, "the region lists it as DELIVERED, and its signed word for that is not here")
                    .containsEntry(
                            itsMessage,
                            "the region lists it as RELAYED, and has taken the hub's word for a further step")
                    .hasSize(2);
        }
        JsonNode healed = shanghai.count();
        assertThat(healed.path("findings").valueStream().filter(TwoHubsTest::isAltered))
                .hasSize(2)
                .filteredOn(finding -> !finding.path("healedAt").isNull())
                .extracting(finding -> finding.path("detail").asString())
                .allSatisfy(detail -> assertThat(detail).contains("DELIVERED"))
                .hasSize(1);
    }

    private static boolean isAltered(JsonNode finding) {
        return finding.path("kind").asString().equals("altered");
    }

    private static Map<String, String> altered(JsonNode report) {
        Map<String, String> details = new TreeMap<>();
        report.path("findings")
                .valueStream()
                .filter(TwoHubsTest::isAltered)
                .forEach(finding -> details.put(
                        finding.path("messageId").asString(),
                        finding.path("detail").asString()));
        return details;
    }

    private static void requireManifestsChecked(LocalDate day) {
        String own = "manifest of jiangsu for %s (own)".formatted(day);
        String theirs = "manifest of jiangsu for %s (theirs)".formatted(day);
        try (Tampered tampered = new Tampered(shanghai.hub())) {
            assertThat(tampered.verify("select 1")).contains("All evidence fits", "manifest(s)");
            assertThat(tampered.verify(
                            "update exchange_manifest set manifest = manifest || '\\x20'::bytea where side = 'own'"))
                    .contains(own + ": it is not the one that the evidence has on record", "manifest-made of jiangsu")
                    .doesNotContain(theirs);
            assertThat(tampered.verify(
                            "update exchange_manifest set signature = counter_signature where side = 'theirs'"))
                    .contains(theirs + ": its signature is not by the key");
            assertThat(tampered.verify("delete from exchange_manifest where side = 'theirs'"))
                    .contains("manifest-received of jiangsu for " + day, "it is on record, and is missing");
        }
        assertThatThrownBy(() -> shanghai.hub().sql().update("update exchange_manifest set made_at = now()"))
                .hasMessageContaining("append-only");
    }

    /** Both have the same manifest of the signer's, and the other's signature over it. */
    private static void requireCountersigned(Side signer, Side other, LocalDate day) {
        await().atMost(PATIENCE)
                .until(() -> signer.manifest("own", day).get("countersigned") != null
                        && other.manifest("theirs", day).get("countersigned") != null);
        Map<String, Object> own = signer.manifest("own", day);
        Map<String, Object> theirs = other.manifest("theirs", day);
        assertThat((byte[]) theirs.get("manifest")).isEqualTo((byte[]) own.get("manifest"));
        assertThat((byte[]) theirs.get("countersigned")).isEqualTo((byte[]) own.get("countersigned"));
        assertThat(RunningHub.JSON
                        .readTree((byte[]) own.get("countersigned"))
                        .path("manifest")
                        .asString())
                .isEqualTo(ContentDigest.of((byte[]) own.get("manifest")));
        assertThat(RunningHub.JSON
                        .readTree((byte[]) own.get("countersigned"))
                        .path("differences")
                        .intValue(-1))
                .isZero();
    }

    @Test
    void findsWhatIsDoneToTheChainOfEitherDirection() {
        awaitDone(shanghai, List.of(shanghai.apply()));
        awaitDone(jiangsu, List.of(jiangsu.apply()));
        for (Side side : List.of(jiangsu, shanghai, jiangsu, shanghai)) {
            side.hub().awaitQuiet();
        }
        shanghai.hub().bean(Evidence.class).seal();
        try (Tampered tampered = new Tampered(shanghai.hub())) {
            assertThat(tampered.verify("select 1")).contains("All evidence fits", "2 chain(s) of the exchange");
            for (String direction : List.of("received", "sent")) {
                String of = " where partner = 'jiangsu' and direction = '%s'".formatted(direction);
                String chain = "chain jiangsu/%s/exchange, line ".formatted(direction);
                assertThat(tampered.verify("update exchange_evidence set evidence = evidence || '\\x20'::bytea" + of
                                + " and seq = 2"))
                        .contains(chain + "2 (", "does not fit its hash");
                assertThat(tampered.verify("delete from exchange_evidence" + of + " and seq = 2"))
                        .contains(chain + "2: it is missing; the next one is line 3");
                assertThat(tampered.verify("delete from exchange_evidence" + of
                                + " and seq = (select max(seq) from exchange_evidence" + of
                                + "); update exchange_chain c set (seq, hash) = (select seq, hash from exchange_evidence e"
                                + " where e.partner = c.partner and e.direction = c.direction order by seq desc limit 1)"
                                + of))
                        .contains(chain, "it is missing, and all after it; seal ");
            }
            assertThat(tampered.verify(
                            "update exchange_key set not_after = not_after - interval '1 day' where partner = 'hub'"))
                    .contains("key shanghai-1 of hub: no line of the evidence", "received/exchange, line 1 (")
                    .doesNotContain("sent/exchange");
            assertThatThrownBy(() -> shanghai.hub().sql().update("delete from exchange_evidence"))
                    .hasMessageContaining("append-only");
        }
    }

    /** The database of a quiet hub in the hands of a superuser; after each look it is as it was. */
    private static final class Tampered implements AutoCloseable {

        private static final List<String> TABLES =
                List.of("exchange_evidence", "exchange_chain", "exchange_key", "exchange_manifest");

        private final RunningHub hub;
        private final SingleConnectionDataSource connection;
        private final JdbcTemplate attacker;

        Tampered(RunningHub hub) {
            this.hub = hub;
            this.connection = new SingleConnectionDataSource(connection(), true);
            this.attacker = new JdbcTemplate(connection);
            attacker.execute("set session_replication_role = replica");
            TABLES.forEach(table ->
                    attacker.execute("create temporary table %1$s_true as select * from %1$s".formatted(table)));
        }

        private Connection connection() {
            DatabaseAddress address = hub.bean(DatabaseAddress.class);
            try {
                return DriverManager.getConnection(address.url(), address.username(), address.password());
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        /** Of the application that the hub sent the other one; says which message that is. */
        String loseTheLastStep(String caseNo) {
            String message = attacker.queryForObject(
                    "select application_id::text from case_file where case_no = ?", String.class, caseNo);
            attacker.update("""
                    delete from exchange_evidence where direction = 'sent' and message_id = ? and kind = 'DELIVERED'
                    """, message);
            return message;
        }

        String verify(String tampering) {
            attacker.execute(tampering);
            try (Connection one = connection();
                    Connection another = connection()) {
                return Verification.run(
                                one,
                                another,
                                hub.directory().resolve("data/evidence"),
                                SealKey.of(hub.secret(SealKey.SECRET)))
                        .text();
            } catch (SQLException | IOException failure) {
                throw new IllegalStateException(failure);
            } finally {
                TABLES.forEach(table -> attacker.execute(
                        "delete from %1$s; insert into %1$s select * from %1$s_true".formatted(table)));
            }
        }

        @Override
        public void close() {
            attacker.execute(
                    "insert into exchange_evidence select * from exchange_evidence_true on conflict do nothing");
            connection.destroy();
        }
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
