package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each message carries the versions that translated it, keeps those of its case's day, and can be sent by old and new ones. */
class VersionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ECONOMY = "economy";
    private static final LocalDate DAY =
            LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(3);

    @TempDir
    Path directory;

    private RunningHub hub;

    @Test
    void keepsTheVersionsOfTheCasesDayAndSendsByOldAndNewOnes() throws IOException {
        copyMappings();
        channel("2,WEB,both,网上,,%s\n2,ONLINE,both,网上,%s,".formatted(DAY, DAY.plusDays(1)));
        hub = RunningHub.start(directory, "--shuniu.mappings-dir=" + directory.resolve("mappings"));
        try {
            JsonNode inFlight = switchesAtMidnight();
            String first = parked();
            String second = parked();
            String written = translation(first).path("versions").stringValue();
            assertThat(written).isNotEqualTo(inFlight.path("versions").stringValue());

            hub.stop();
            channel("2,NET,both,网上,,");
            hub.start();
            hub.fault(ECONOMY, "none");
            replay(first, "as-first");
            replay(second, "case-day");

            hub.awaitStatus(first, "60");
            hub.awaitStatus(second, "60");
            assertThat(translation(first).path("versions").stringValue()).isEqualTo(written);
            assertThat(translation(second).path("mappingVersion").stringValue())
                    .isNotEqualTo(translation(first).path("mappingVersion").stringValue());
            assertThat(evidence(first)).contains(", versions " + written);
            assertThat(hub.operate("/deliveries/%s/replay".formatted(delivery(first)), "{\"versions\":\"older\"}")
                            .statusCode())
                    .isEqualTo(422);
        } finally {
            hub.close();
        }
    }

    private JsonNode switchesAtMidnight() {
        hub.clock().set(DAY.atTime(23, 50));
        hub.operate("/partners/economy/pause", "{\"reason\":\"midnight\"}");
        String before = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.clock().set(DAY.plusDays(1).atTime(0, 5));
        String after = hub.caseOf(Applications.online(Applications.ECONOMY));

        hub.operate("/partners/economy/resume", "{}");

        hub.awaitStatus(before, "60");
        hub.awaitStatus(after, "60");
        assertThat(translation(before).path("tables").path("channel").stringValue())
                .isNotEqualTo(translation(after).path("tables").path("channel").stringValue());
        assertThat(translation(before).path("tables").path("id-type"))
                .isEqualTo(translation(after).path("tables").path("id-type"));
        assertThat(translation(after).path("since").stringValue())
                .isEqualTo(DAY.plusDays(1).toString());
        assertThat(resultOf(before).path("translation").path("mapping").stringValue())
                .isEqualTo("economy/result.in");
        return translation(before);
    }

    /** A case that nobody could take yet. */
    private String parked() {
        hub.fault(ECONOMY, "garbage");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/parked").toString().contains(caseNo));
        return caseNo;
    }

    private void replay(String caseNo, String versions) {
        assertThat(hub.operate(
                                "/deliveries/%s/replay".formatted(delivery(caseNo)),
                                "{\"versions\":\"%s\"}".formatted(versions))
                        .statusCode())
                .isEqualTo(200);
    }

    private String delivery(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select id::text from delivery where case_no = ? and receiver = 'economy'",
                        String.class,
                        caseNo);
    }

    private JsonNode translation(String caseNo) {
        return message(caseNo, "application")
                .path("deliveries")
                .valueStream()
                .filter(one -> one.path("receiver").stringValue().equals(ECONOMY))
                .findFirst()
                .orElseThrow()
                .path("translation");
    }

    private JsonNode resultOf(String caseNo) {
        return message(caseNo, "result");
    }

    private JsonNode message(String caseNo, String document) {
        String id = hub.sql()
                .queryForObject(
                        "select id::text from message where case_no = ? and document = ?",
                        String.class,
                        caseNo,
                        document);
        return RunningHub.JSON.readTree(hub.get("/api/v1/messages/" + id).body());
    }

    private String evidence(String caseNo) {
        return String.join(
                "; ",
                hub.sql()
                        .queryForList(
                                "select detail from event where case_no = ? and partner = 'economy' and kind = 'delivered'",
                                String.class,
                                caseNo));
    }

    private void channel(String rows) throws IOException {
        Files.writeString(
                directory.resolve("mappings/economy/codes/channel.csv"),
                "hub,local,use,name,valid_from,valid_to\n1,HALL,both,窗口办理,,\n" + rows + "\n");
    }

    private void copyMappings() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("mappings"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("examples"))
                    .toList()) {
                Path to = directory
                        .resolve("mappings")
                        .resolve(Path.of("mappings").relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }
}
