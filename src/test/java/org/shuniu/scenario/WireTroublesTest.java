package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures, keys, clocks, charsets and characters: what goes wrong below the meaning of a message leaves it whole. */
class WireTroublesTest {

    private static final String POLICE = "police";
    private static final String HEALTH = "health";
    private static final String ENDORSEMENT = "312000194000";
    private static final String BIRTH_REGISTRATION = "312099081000";
    private static final String RARE_NAME = "张㛃𬭊";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(
                directory,
                text -> text.contains("partner: " + POLICE)
                        ? text.replaceAll("waits: \\[.*]", "waits: [4s, 1s]")
                                .replaceAll("deadline: \\S+", "deadline: 30s")
                        : text.replaceAll("waits: \\[.*]", "waits: [1s, 1s]"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        hub.fault(POLICE, "none");
        hub.fault(HEALTH, "none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "lost-callback",
                "duplicate-result",
                "late-result",
                "error",
                "garbage",
                "timeout-after-work",
                "too-many",
                "unauthorized"
            })
    void policeDecideOnceWhateverHappens(String fault) {
        hub.fault(POLICE, "{\"fault\":\"%s\",\"count\":1,\"seconds\":1}".formatted(fault), 200);

        String caseNo = hub.caseOf(Applications.online(ENDORSEMENT));

        endsWithOneEffectAndOneResult(POLICE, caseNo, "60");
    }

    @Test
    void policeRefuseAsAResult() {
        endsWithOneEffectAndOneResult(POLICE, hub.caseOf(Applications.online(ENDORSEMENT, "REFUSE")), "61");
    }

    @Test
    void signsByTheClockOfTheReceiverWithinTheSameAttempt() {
        // Given police whose clock is ten minutes ahead
        hub.fault(POLICE, "clock-skew");

        String caseNo = hub.caseOf(Applications.online(ENDORSEMENT));
        endsWithOneEffectAndOneResult(POLICE, caseNo, "60");

        // Then no attempt was lost for it, neither now nor when the clock is right again
        assertThat(attempts(caseNo)).isEqualTo(1);
        hub.fault(POLICE, "none");
        String later = hub.caseOf(Applications.online(ENDORSEMENT));
        endsWithOneEffectAndOneResult(POLICE, later, "60");
        assertThat(attempts(later)).isEqualTo(1);
    }

    @Test
    void waitsForAKeyThatWasRotatedWithoutNoticeAndTakesItUpWithoutARestart() throws IOException {
        // Given police that have other keys than the hub since last night
        String secret = hub.secret("police-app-secret");
        String key = hub.secret("police-payload-key");
        hub.fault(POLICE, "key-rotated");
        List<String> cases =
                List.of(hub.caseOf(Applications.online(ENDORSEMENT)), hub.caseOf(Applications.online(ENDORSEMENT)));

        // Then operators see whose keys they are, and nothing was done
        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/partners").toString().contains("certificate"));
        assertThat(cases)
                .allSatisfy(caseNo -> assertThat(hub.effects(POLICE, caseNo)).isEmpty());

        // When the new keys lie where the old ones did
        keys("rotated-without-notice", "00112233445566778899aabbccddeeff");
        cases.forEach(caseNo -> endsWithOneEffectAndOneResult(POLICE, caseNo, "60"));

        // And back again
        hub.fault(POLICE, "none");
        keys(secret, key);
        endsWithOneEffectAndOneResult(POLICE, hub.caseOf(Applications.online(ENDORSEMENT)), "60");
    }

    @Test
    void writesASmallXAsTheStandardHasIt() {
        String card = Applications.online(ENDORSEMENT)
                .replace("\"idType\":\"111\"", "\"idType\":\"990\"")
                .replace(Applications.ID_NUMBER, Applications.ID_NUMBER.toLowerCase(java.util.Locale.ROOT));

        endsWithOneEffectAndOneResult(POLICE, hub.caseOf(card), "60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "wrong-charset", "no-charset", "other-charset", "control-characters"})
    void healthGetsAndGivesBackEveryCharacterOfAName(String fault) {
        hub.fault(HEALTH, fault);

        String caseNo = hub.caseOf(Applications.atCounter(BIRTH_REGISTRATION, ",\"form\":{\"remark\":\"一\\u0007二\"}")
                .replace(Applications.NAME, RARE_NAME));

        endsWithOneEffectAndOneResult(HEALTH, caseNo, "60");
        assertThat(hub.caseFile(caseNo)
                        .path("result")
                        .path("outcome")
                        .path("description")
                        .asString())
                .isEqualTo(RARE_NAME + "：符合登记条件，准予登记");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "garbage", "timeout-after-work"})
    void healthDecidesOnceWhateverHappens(String fault) {
        hub.fault(HEALTH, "{\"fault\":\"%s\",\"count\":1,\"seconds\":1}".formatted(fault), 200);

        endsWithOneEffectAndOneResult(HEALTH, hub.caseOf(Applications.atCounter(BIRTH_REGISTRATION, "")), "60");
    }

    @Test
    void neitherKeysNorNamesStandInTheLog() throws IOException {
        assertThat(Files.readString(directory.resolve("hub.log")))
                .doesNotContain(
                        RARE_NAME,
                        Applications.NAME,
                        Applications.ID_NUMBER,
                        hub.secret("police-app-secret"),
                        hub.secret("police-payload-key"));
    }

    private static void keys(String secret, String key) throws IOException {
        Path secrets = directory.resolve("data/secrets");
        Files.writeString(secrets.resolve("police-app-secret"), secret);
        Files.writeString(secrets.resolve("police-payload-key"), key);
    }

    private static int attempts(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select attempt from delivery where case_no = ? and receiver = ?",
                        Integer.class,
                        caseNo,
                        POLICE);
    }

    private static void endsWithOneEffectAndOneResult(String partner, String caseNo, String status) {
        hub.awaitStatus(caseNo, status);
        hub.awaitQuiet();
        assertThat(hub.effects(partner, caseNo)).containsExactly("application");
        assertThat(hub.effects("acceptance-platform", caseNo))
                .endsWith("result")
                .containsOnlyOnce("result");
    }
}
