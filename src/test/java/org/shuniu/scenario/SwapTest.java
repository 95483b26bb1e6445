package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;
import org.shuniu.store.Pools;
import tools.jackson.databind.JsonNode;

/** A hub takes up what was changed in its folders while it runs, refuses what is broken, and goes back where it is asked to. */
class SwapTest {

    private static final String NEW = "greening";
    private static final String NEW_CODE = "LH";
    private static final String CHANNELS = "mappings/economy/codes/channel.csv";
    private static final String RETRY = "routes/economy/retry-delivery.camel.yaml";
    private static final String ROUTING = "mappings/catalogue/routing.csv";
    private static final String DEPARTMENTS = "mappings/catalogue/departments.csv";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static HttpServer department;
    private static final List<String> LEDGER = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        department = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        department.createContext("/", SwapTest::answer);
        department.start();
        Workplace.copy(Path.of("mappings"), directory.resolve("mappings"), UnaryOperator.identity());
        // One call of this department is to last longer than a swap takes.
        hub = RunningHub.start(
                directory,
                text -> text.contains("partner: economy") ? text.replace("deadline: 3s", "deadline: 120s") : text,
                "--shuniu.mappings-dir=" + directory.resolve("mappings"));
        Workplace.copy(directory.resolve("routes"), directory.resolve("kept/routes"), UnaryOperator.identity());
        Workplace.copy(directory.resolve("mappings"), directory.resolve("kept/mappings"), UnaryOperator.identity());
    }

    @AfterAll
    static void stop() {
        hub.close();
        department.stop(0);
    }

    /** Every test begins with the files and the configuration that the hub was started with. */
    @AfterEach
    void putBack() {
        hub.fault("economy", "none");
        Stream.of("routes", "mappings").forEach(folder -> {
            delete(directory.resolve(folder));
            Workplace.copy(
                    directory.resolve("kept").resolve(folder), directory.resolve(folder), UnaryOperator.identity());
        });
        assertThat(swap("back for the next test").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhatItWasStartedWith() {
        JsonNode first = list(hub.swaps().path("swaps")).stream()
                .reduce((newer, older) -> older)
                .orElseThrow();

        assertThat(first.path("seq").asInt()).isEqualTo(1);
        assertThat(first.path("kind").asString()).isEqualTo("start");
        assertThat(first.path("author").asString()).isEqualTo("hub");
        assertThat(hub.swaps().path("processes")).hasSize(1);
    }

    @Test
    void waitsForALookOfTheHubsOwnAndTakesItForNoSwap() throws Exception {
        replace(CHANNELS, "4,POST,", "4,MAIL,");
        Pools.Door door = hub.bean(Pools.class).console();

        // Given a look that waits for the table in which it reads what is in force
        CompletableFuture<HttpResponse<String>> swapped = door.transaction().execute(status -> {
            door.sql().execute("lock table configuration_swap in access exclusive mode");
            await().atMost(PATIENCE)
                    .until(() ->
                            door.sql().queryForObject("select count(*) from pg_locks where not granted", Integer.class)
                                    > 0);

            // When somebody swaps
            CompletableFuture<HttpResponse<String>> swap = CompletableFuture.supplyAsync(() -> swap("beside a look"));

            // Then nobody is turned away for it
            await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> !swap.isDone());
            return swap;
        });
        assertThat(json(swapped.get(), 200).path("changed").asBoolean()).isTrue();
    }

    @Test
    void translatesByAChangedTableFromTheNextMessageOnAndEndsWhatHadBegunAsItBegan() {
        String before = caseAt("60");
        hub.fault("economy", "{\"fault\":\"slow\",\"seconds\":20}", 200);
        String underWay = hub.caseOf(Applications.online(Applications.ECONOMY));
        awaitClaimed(underWay);

        replace(CHANNELS, "4,POST,", "4,MAIL,");
        JsonNode swapped = json(swap("the commission calls it MAIL"), 200);

        assertThat(swapped.path("changed").asBoolean()).isTrue();
        assertThat(swapped.path("files").propertyNames()).containsExactly(CHANNELS);
        assertThat(swapped.path("routes").path("replaced")).isEmpty();
        hub.fault("economy", "none");
        String after = caseAt("60");
        hub.awaitStatus(underWay, "60");
        assertThat(mappingVersion(after)).isNotEqualTo(mappingVersion(before));
        assertThat(mappingVersion(underWay)).isEqualTo(mappingVersion(before));
        assertThat(hub.effects("economy", underWay)).hasSize(1);
    }

    @Test
    void refusesWhatIsBrokenWithAllThatIsWrongAndTheOldStays() {
        String inForce = inForce();
        replace("mappings/economy/application.out.yaml", "codes: channel,", "codes: canal,");
        replace("routes/grain/partner.yaml", "protocol: sftp", "protocol: pigeon");
        replace(
                "routes/police/forward-application.camel.yaml",
                "routeTemplateRef: forward",
                "routeTemplateRef: forwrd");

        JsonNode refused = json(swap("broken"), 422);

        assertThat(list(refused.path("faults")).stream()
                        .map(fault -> fault.path("file").asString()))
                .anyMatch(file -> file.equals(directory
                        .resolve("mappings/economy/application.out.yaml")
                        .toString()))
                .anyMatch(file -> file.equals(
                        directory.resolve("routes/grain/partner.yaml").toString()))
                .anyMatch(file -> file.equals(directory
                        .resolve("routes/police/forward-application.camel.yaml")
                        .toString()));
        assertThat(json(hub.engineer("/check", "{}"), 422).path("faults").size())
                .isEqualTo(refused.path("faults").size());
        assertThat(inForce()).isEqualTo(inForce);
        assertThat(audited("configuration-refused", "broken")).isNotNull();
        caseAt("60");
    }

    @Test
    void replacesAChangedRouteAndNoOther() {
        replace(RETRY, "value: \"1\"", "value: \"2\"");

        JsonNode checked = json(hub.engineer("/check", "{}"), 200);
        JsonNode swapped = json(swap("two at a time"), 200);

        assertThat(checked.path("changed").asBoolean()).isFalse();
        assertThat(checked.path("routes")).isEqualTo(swapped.path("routes"));
        assertThat(list(swapped.path("routes").path("replaced")).stream().map(JsonNode::asString))
                .containsExactly("economy-retry-delivery");
        assertThat(swapped.path("routes").path("added")).isEmpty();
        assertThat(swapped.path("routes").path("removed")).isEmpty();
        hub.fault("economy", "{\"fault\":\"down\",\"count\":2}", 200);
        caseAt("60");
    }

    @Test
    void replacesEveryRouteThatIsMadeOfAChangedTemplateWhileMessagesFlow() {
        replace("routes/errors.camel.yaml", "logExhaustedMessageHistory: false", "logExhaustedMessageHistory: true");
        replace("routes/intake.camel.yaml", "Checks a document, decides", "Looks at a document, decides");
        List<String> cases = new CopyOnWriteArrayList<>();
        Thread senders = new Thread(() -> {
            for (int i = 0; i < 20; i++) {
                cases.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
            }
        });
        senders.start();

        JsonNode swapped = json(swap("all of them"), 200);

        assertThat(swapped.path("routes").path("replaced").size()).isGreaterThan(50);
        await().atMost(PATIENCE).until(() -> !senders.isAlive());
        assertThat(cases).hasSize(20);
        cases.forEach(caseNo -> {
            hub.awaitStatus(caseNo, "60");
            assertThat(hub.effects("economy", caseNo)).hasSize(1);
        });
    }

    @Test
    void goesBackToAnyVersionAndSaysWhoAskedAndWhy() {
        String first = inForce();
        replace(CHANNELS, "4,POST,", "4,LETTER,");
        String second = json(swap("one"), 200).path("version").asString();
        replace(CHANNELS, "4,LETTER,", "4,PARCEL,");
        json(swap("two"), 200);

        JsonNode back = json(hub.engineer("/%s/rollback".formatted(first), "{\"reason\":\"as before\"}"), 200);

        assertThat(back.path("version").asString()).isEqualTo(first);
        assertThat(back.path("files").propertyNames()).containsExactly(CHANNELS);
        JsonNode newest = hub.swaps().at("/swaps/0");
        assertThat(newest.path("kind").asString()).isEqualTo("rollback");
        assertThat(newest.path("author").asString()).isEqualTo("engineer");
        assertThat(newest.path("reason").asString()).isEqualTo("as before");
        JsonNode line = audited("configuration-rollback", "as before");
        assertThat(line.path("actor").asString()).isEqualTo("engineer");
        assertThat(line.path("target").asString()).isEqualTo(first);
        json(hub.engineer("/%s/rollback".formatted(second), "{\"reason\":\"and on\"}"), 200);
        assertThat(inForce()).isEqualTo(second);
        assertThat(hub.engineer("/0123456789ab/rollback", "{\"reason\":\"none\"}")
                        .statusCode())
                .isEqualTo(404);
        caseAt("60");
    }

    @Test
    void takesUpANewPartnerLiveAndLetsItGoOnceNothingOfItIsUnderWay() throws IOException {
        addDepartment();

        JsonNode swapped = json(swap("a department more"), 200);

        assertThat(list(swapped.path("routes").path("added")).stream().map(JsonNode::asString))
                .contains("greening-forward-application", "greening-retry-delivery", "greening-receive-result");
        String caseNo = caseAt("60");
        assertThat(LEDGER).contains(caseNo);
        assertThat(hub.effects("economy", caseNo)).isEmpty();
        assertThat(hub.operatorSees("/partners").toString()).contains(NEW);
        assertThat(hub.send(hub.request("/actuator/prometheus", "operator-token"))
                        .body())
                .containsPattern("shuniu_deliveries_total\\{outcome=\"delivered\",[^}]*partner=\"%s\"".formatted(NEW));

        hub.operate("/partners/%s/pause".formatted(NEW), "{\"reason\":\"it goes\"}");
        String waiting = hub.caseOf(Applications.online(Applications.ECONOMY));
        putFilesBack();
        assertThat(json(swap("without it"), 422).path("faults").toString()).contains(NEW + " is gone", "are not over");

        hub.operate("/partners/%s/resume".formatted(NEW), "{}");
        hub.awaitStatus(waiting, "60");
        hub.awaitQuiet();
        assertThat(list(json(swap("without it"), 200).path("routes").path("removed")).stream()
                        .map(JsonNode::asString))
                .contains("greening-forward-application");
        String after = caseAt("60");
        assertThat(hub.effects("economy", after)).hasSize(1);
    }

    @Test
    void isForEngineersAndWithAReason() {
        assertThat(hub.engineer("", "{}").statusCode()).isEqualTo(422);
        assertThat(hub.operate("/swap", "{\"reason\":\"x\"}").statusCode()).isEqualTo(403);
        assertThat(hub.operatorSees("/swap").path("swaps")).isNotEmpty();
        assertThat(json(hub.engineer("", "{\"reason\":\"nothing is different\"}"), 200)
                        .path("changed")
                        .asBoolean())
                .isFalse();
    }

    private static HttpResponse<String> swap(String reason) {
        return hub.engineer("", "{\"reason\":\"%s\"}".formatted(reason));
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return RunningHub.JSON.readTree(answer.body());
    }

    private static String inForce() {
        return hub.swaps().at("/swaps/0/version").stringValue();
    }

    private static JsonNode audited(String action, String reason) {
        return list(hub.operatorSees("/audit")).stream()
                .filter(line -> line.path("action").asString().equals(action))
                .filter(line -> line.path("detail").asString().startsWith(reason))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> list(JsonNode array) {
        return array.valueStream().toList();
    }

    private static String caseAt(String status) {
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(caseNo, status);
        return caseNo;
    }

    private static void awaitClaimed(String caseNo) {
        await().atMost(PATIENCE)
                .until(
                        () -> hub.sql()
                                .queryForObject(
                                        "select count(*) from delivery where case_no = ? and claim_until > now()",
                                        Long.class,
                                        caseNo),
                        Predicate.isEqual(1L));
    }

    private static String mappingVersion(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select t.mapping_version from delivery d join translation t on t.id = d.translation"
                                + " where d.case_no = ? and d.receiver = 'economy' and d.document = 'application'",
                        String.class,
                        caseNo);
    }

    private static void replace(String file, String what, String with) {
        Path path = directory.resolve(file);
        try {
            String text = Files.readString(path);
            assertThat(text).as(file).contains(what);
            Files.writeString(path, text.replace(what, with));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void putFilesBack() {
        delete(directory.resolve("routes").resolve(NEW));
        delete(directory.resolve("mappings").resolve(NEW));
        Stream.of(ROUTING, DEPARTMENTS).forEach(file -> {
            try {
                Files.writeString(
                        directory.resolve(file),
                        Files.readString(directory.resolve("kept").resolve(file)));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    /** As in {@link TwelfthDepartmentTest}, in a hub that runs. */
    private static void addDepartment() throws IOException {
        Workplace.copy(
                directory.resolve("kept/routes/economy"),
                directory.resolve("routes").resolve(NEW),
                text -> text.replace("economy", NEW)
                        .replace("department: JX", "department: " + NEW_CODE)
                        .replaceAll(
                                "(?m)^address: .*$",
                                "address: http://127.0.0.1:"
                                        + department.getAddress().getPort())
                        .replaceAll(
                                "(?s)authentication:.*?\n# Every key", "authentication: {kind: none}\n# Every key"));
        Workplace.copy(
                directory.resolve("kept/mappings/economy"),
                directory.resolve("mappings").resolve(NEW),
                text -> text.replace("economy/", NEW + "/"));
        Path departments = directory.resolve(DEPARTMENTS);
        String economy = Files.readAllLines(departments).stream()
                .filter(line -> line.startsWith("economy,"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                departments,
                Files.readString(departments) + economy.replace("economy,JX,", NEW + "," + NEW_CODE + ",") + "\n");
        replace(ROUTING, Applications.ECONOMY + ",JX,", Applications.ECONOMY + "," + NEW_CODE + ",");
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        JsonNode asked = RunningHub.JSON.readTree(exchange.getRequestBody().readAllBytes());
        LEDGER.add(asked.path("applyNo").asString());
        byte[] answer = """
                {"success":true,"code":"200","message":"ok","data":{"requestId":"%s","applyNo":"%s","acceptNo":"L1",
                "state":"DONE","resultText":"准予","finishTime":"2026-01-01 10:00:00","handler":"窗口"}}
                """.formatted(
                asked.path("requestId").asString(), asked.path("applyNo").asString()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
