package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.FollowUp;
import org.shuniu.followup.FollowUps;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Delivery;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.util.FileSystemUtils;

/** News, money and parcels: what follows from a case happens once, whatever the services of the city do. */
class CityServicesTest {

    private static final String SMS = ",\"services\":{\"sms\":true}";
    private static final String WITH_FEE = "312099061000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, "--shuniu.mappings-dir=" + mappingsThatAskSoon());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** The hub's own mappings, with a question after two seconds instead of four over three days. */
    private static Path mappingsThatAskSoon() {
        Path copy = directory.resolve("mappings");
        try {
            FileSystemUtils.copyRecursively(Path.of("mappings"), copy);
            Path followUps = copy.resolve("catalogue/follow-ups.csv");
            Files.writeString(
                    followUps,
                    Files.readString(followUps)
                            .replaceAll("(?m)^.*,(2h|1d|3d),.*\n", "")
                            .replace(",15m,", ",2s,"));
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @AfterEach
    void mend() {
        List.of("sms-gateway", "payment", "logistics", "economy").forEach(partner -> hub.fault(partner, "none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "flow-control", "timeout-after-work", "callback-lost", "error"})
    void tellsACitizenOnceOfEachEvent(String fault) {
        fault("sms-gateway", fault, 1);

        String caseNo = hub.caseOf(Applications.application(Applications.ECONOMY, "2", "", SMS));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects("sms-gateway", caseNo)).containsExactly("notification", "notification");
    }

    @Test
    void tellsNobodyWhoDidNotAskForIt() {
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects("sms-gateway", caseNo)).isEmpty();
    }

    @Test
    void tellsACitizenOnceThoughTheResultComesTwiceAndShowsWhatBecameOfTheMessage() {
        fault("economy", "duplicate-result", 1);

        String caseNo = hub.caseOf(Applications.application(Applications.ECONOMY, "2", "", SMS));

        hub.awaitStatus(caseNo, "60");
        await().atMost(PATIENCE)
                .until(() -> hub.caseFile(caseNo).path("timeline").toString().contains("reported"));
        hub.awaitQuiet();
        assertThat(hub.effects("sms-gateway", caseNo)).hasSize(2);
        assertThat(hub.operatorSees("/parked").toString()).doesNotContain(caseNo);
    }

    /** As a group of outcomes has it that was kept waiting: neither change is written when what follows from both is asked. */
    @Test
    void closesTheOrderOfACaseThatIsRefusedInTheSameMoment() {
        String caseNo = hub.caseOf(Applications.atCounter(WITH_FEE, ""));
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        Pools.Door door = hub.bean(Pools.class).settlement();
        CaseFile file = new CaseFiles(door.sql()).find(caseNo).orElseThrow();
        FollowUps followUps = new FollowUps(
                door.sql(), hub.bean(Catalogue.class), hub.bean(PartnerDirectory.class), hub.bean(Vault.class));

        FollowUps.Opened opened = door.transaction().execute(status -> {
            status.setRollbackOnly();
            door.sql().update("delete from delivery where case_no = ? and receiver = 'payment'", caseNo);
            return followUps.open(List.of(change("50", file), change("61", file)), Instant.now());
        });

        assertThat(opened.deliveries())
                .filteredOn(delivery -> delivery.receiver().equals("payment"))
                .extracting(Delivery::document)
                .containsSubsequence("order", "cancellation");
    }

    private static FollowUps.Change change(String status, CaseFile file) {
        return new FollowUps.Change(
                FollowUp.Trigger.REACHED, status, file, UUID.randomUUID(), RunningHub.JSON.createObjectNode());
    }

    @Test
    void hasAFeePaidBeforeTheDepartmentGoesOn() {
        String caseNo = hub.caseOf(Applications.atCounter(WITH_FEE, ""));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects("payment", caseNo)).containsExactly("order");
        assertThat(hub.effects("human-resources", caseNo)).containsExactly("application", "payment");
        assertThat(hub.caseFile(caseNo).path("timeline").toString())
                .containsSubsequence("\"status\":\"50\"", "\"status\":\"51\"", "\"status\":\"60\"");
    }

    @Test
    void asksForAPaymentWhoseCallbackIsLost() {
        fault("payment", "callback-lost", 1);

        String caseNo = hub.caseOf(Applications.atCounter(WITH_FEE, ""));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects("payment", caseNo)).containsExactly("order");
        assertThat(hub.effects("human-resources", caseNo)).containsExactly("application", "payment");
    }

    @Test
    void givesASecondPaymentBack() {
        fault("payment", "paid-twice", 1);

        String caseNo = hub.caseOf(Applications.atCounter(WITH_FEE, ""));

        hub.awaitStatus(caseNo, "60");
        await().atMost(PATIENCE).until(() -> hub.effects("payment", caseNo).contains("refund"));
        hub.awaitQuiet();
        assertThat(hub.effects("payment", caseNo)).containsExactly("order", "refund");
        assertThat(hub.effects("human-resources", caseNo)).containsExactly("application", "payment");
    }

    @Test
    void closesAnOrderAfterAWithdrawalAndGivesALatePaymentBack() {
        // Given an order that the citizen's bank pays late, long after it was taken back on a busy machine too
        fault("payment", "late-payment", 15);
        String caseNo = hub.caseOf(Applications.atCounter(WITH_FEE, ""));
        hub.awaitStatus(caseNo, "50");
        await().atMost(PATIENCE).until(() -> hub.effects("payment", caseNo).contains("order"));

        // When the citizen takes the case back before
        int taken = hub.post(
                        "/api/v1/cases/%s/withdrawal".formatted(caseNo),
                        UUID.randomUUID().toString(),
                        "{\"withdrawalTime\":\"%s\",\"reason\":\"不再需要\"}".formatted(Applications.now()))
                .statusCode();
        assertThat(taken).isEqualTo(202);
        hub.awaitStatus(caseNo, "90");

        // Then the order is closed, and what is paid all the same goes back
        await().atMost(PATIENCE).until(() -> hub.effects("payment", caseNo).contains("refund"));
        hub.awaitQuiet();
        assertThat(hub.effects("payment", caseNo)).containsExactly("order", "cancellation", "refund");
        assertThat(hub.effects("human-resources", caseNo)).containsExactly("application", "withdrawal");
        assertThat(hub.status(caseNo)).isEqualTo("90");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "tracking-out-of-order", "timeout-after-work"})
    void followsAParcelToItsEnd(String fault) {
        fault("logistics", fault, 1);

        String caseNo = hub.caseOf(courier("测试路1号"));

        hub.awaitStatus(caseNo, "72");
        hub.awaitQuiet();
        assertThat(hub.effects("logistics", caseNo)).containsExactly("order");
        assertThat(hub.status(caseNo)).isEqualTo("72");
        assertThat(hub.operatorSees("/parked").toString()).doesNotContain(caseNo);
    }

    @Test
    void keepsAResultForCollectionWhereNobodyDelivers() {
        String caseNo = hub.caseOf(courier("REFUSE"));

        hub.awaitStatus(caseNo, "70");
        hub.awaitQuiet();
        assertThat(hub.effects("acceptance-platform", caseNo)).containsExactly("result", "status");
    }

    private static String courier(String address) {
        return Applications.application(
                Applications.ECONOMY,
                "2",
                "",
                ",\"services\":{\"courier\":{\"name\":\"%s\",\"mobile\":\"%s\",\"address\":\"%s\"}}"
                        .formatted(Applications.NAME, Applications.MOBILE, address));
    }

    private static void fault(String partner, String fault, int seconds) {
        String count = fault.equals("none") ? "" : ",\"count\":1";
        hub.fault(partner, "{\"fault\":\"%s\",\"seconds\":%d%s}".formatted(fault, seconds, count), 200);
    }
}
