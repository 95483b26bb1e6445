package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.packaged.Workplace;

/** The SMS gateway by SMPP, switched as its partner.yaml says: a citizen gets one message for each event. */
class ShortMessageTest {

    private static final String GATEWAY = "sms-gateway";
    private static final String SMS = ",\"services\":{\"sms\":true}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(
                directory, ShortMessageTest::switched, "--shuniu.mappings-dir=" + switchedMappings(directory));
    }

    /** The gateway's mappings as its README says, with all others beside them. */
    static Path switchedMappings(Path directory) {
        Path mappings = directory.resolve("mappings");
        Workplace.copy(
                Path.of("mappings"),
                mappings,
                (file, text) -> file.getParent().endsWith(GATEWAY)
                        ? text.replace("codec: {kind: form, charset: GB2312}", "codec: {kind: json}")
                        : text);
        return mappings;
    }

    /** Does what the comment in partner.yaml says; the hub of a scenario has no time to spare, SMPP needs some of it. */
    static String switched(String partnerFile) {
        return partnerFile.contains("\n#| ")
                ? partnerFile
                        .replaceAll("(?m)^(protocol|address|operations|authentication|delivery):.*\n( .*\n)*", "")
                        .replaceAll("(?m)^#\\| ", "")
                        .replace("deadline: 3s", "deadline: 15s")
                : partnerFile;
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        hub.fault(GATEWAY, "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "flow-control", "callback-lost", "duplicate-serial"})
    void tellsACitizenOnceOfEachEvent(String fault) {
        fault(fault, 1);

        String caseNo = hub.caseOf(Applications.application(Applications.ECONOMY, "2", "", SMS));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(GATEWAY, caseNo)).containsExactly("notification", "notification");
        assertThat(hub.operatorSees("/parked").toString()).doesNotContain(caseNo);
        assertThat(fault.equals("none") || hub.hasMetItsFault(GATEWAY)).isTrue();
    }

    @Test
    void showsWhatBecameOfEachMessage() {
        String caseNo = hub.caseOf(Applications.application(Applications.ECONOMY, "2", "", SMS));

        await().alias("both reports")
                .atMost(PATIENCE)
                .until(() ->
                        hub.steps(caseNo).stream().filter("reported"::equals).count() == 2);
    }

    @Test
    void neverRepeatsAMessageOfWhichNobodyKnowsWhetherItWasSent() {
        fault("timeout-after-work", 8);

        String caseNo = hub.caseOf(Applications.application(Applications.ECONOMY, "2", "", SMS));

        await().alias("a message that a person has to look at")
                .atMost(PATIENCE)
                .until(() -> hub.operatorSees("/parked").toString().contains(caseNo));
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(GATEWAY, caseNo)).containsExactly("notification", "notification");
    }

    private static void fault(String fault, int seconds) {
        String count = fault.equals("none") ? "" : ",\"count\":1";
        hub.fault(GATEWAY, "{\"fault\":\"%s\",\"seconds\":%d%s}".formatted(fault, seconds, count), 200);
    }
}
