package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;
import tools.jackson.databind.JsonNode;

/** A department that nobody has heard of is added by two folders, one block of configuration and its rows of data. */
class TwelfthDepartmentTest {

    private static final String ID = "greening";
    private static final String CODE = "LH";

    @TempDir
    Path directory;

    private final List<String> ledger = new CopyOnWriteArrayList<>();
    private HttpServer department;

    @BeforeEach
    void open() throws IOException {
        department = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        department.createContext("/", this::answer);
        department.start();
    }

    @AfterEach
    void close() {
        department.stop(0);
    }

    @Test
    void receivesApplicationsAndItsResultsComeBack() throws IOException {
        Path mappings = directory.resolve("mappings");
        Workplace.copy(Path.of("mappings"), mappings, UnaryOperator.identity());
        addMappings(mappings);

        try (RunningHub hub = RunningHub.start(
                directory, UnaryOperator.identity(), this::addRoutes, "--shuniu.mappings-dir=" + mappings)) {
            String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
            hub.awaitStatus(caseNo, "60");
            hub.awaitQuiet();

            assertThat(ledger).containsExactly(caseNo);
            assertThat(hub.effects("economy", caseNo)).isEmpty();
            assertThat(hub.operatorSees("/partners").toString()).contains(ID);
        }
    }

    /** First folder and one block: the routes of the partner that is most like it, under the new id. */
    private void addRoutes(Path routes) {
        Workplace.copy(
                Path.of("routes/economy"),
                routes.resolve(ID),
                text -> text.replace("economy", ID)
                        .replace("department: JX", "department: " + CODE)
                        .replaceAll(
                                "(?m)^address: .*$",
                                "address: http://127.0.0.1:"
                                        + department.getAddress().getPort())
                        .replaceAll(
                                "(?s)authentication:.*?\n# Every key", "authentication: {kind: none}\n# Every key"));
    }

    /** Second folder, and the rows that say who decides the item from now on. */
    private static void addMappings(Path mappings) throws IOException {
        Workplace.copy(Path.of("mappings/economy"), mappings.resolve(ID), text -> text.replace("economy/", ID + "/"));
        Path departments = mappings.resolve("catalogue/departments.csv");
        String economy = Files.readAllLines(departments).stream()
                .filter(line -> line.startsWith("economy,"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                departments,
                Files.readString(departments) + economy.replace("economy,JX,", ID + "," + CODE + ",") + "\n");
        Path routing = mappings.resolve("catalogue/routing.csv");
        Files.writeString(
                routing,
                Files.readString(routing)
                        .replace(Applications.ECONOMY + ",JX,", Applications.ECONOMY + "," + CODE + ","));
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode asked = RunningHub.JSON.readTree(exchange.getRequestBody().readAllBytes());
        ledger.add(asked.path("applyNo").asString());
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
