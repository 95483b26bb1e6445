package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A department that says "success" to everything: what it did is in its own ledger, and the hub finds it out. */
class HumanResourcesTest {

    private static final String PARTNER = "human-resources";
    private static final String ITEM = "312000617000";
    private static final LocalDate NEXT_WEEK = LocalDate.now().plusDays(7);
    private static final LocalTime OPEN = LocalTime.of(9, 0);
    private static final LocalTime CLOSED = LocalTime.of(23, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, withItsHours());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void open() {
        hub.clock().set(NEXT_WEEK.atTime(OPEN));
    }

    @AfterEach
    void mend() {
        hub.fault(PARTNER, "none");
    }

    /** The test's hub has no opening hours; this department keeps those of its own file. */
    private static UnaryOperator<String> withItsHours() {
        Matcher hours = Pattern.compile("(?m)^hours:\n( .*\n)+").matcher(partnerFile());
        assertThat(hours.find()).isTrue();
        return text -> text.contains("partner: " + PARTNER) ? text + hours.group() : text;
    }

    private static String partnerFile() {
        try {
            return Files.readString(Path.of("routes", PARTNER, "partner.yaml"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"error", "garbage", "timeout-after-work", "duplicate-result", "late-result", "fault-under-200"})
    void endsWithOneEffectAndOneResult(String fault) {
        hub.fault(PARTNER, "{\"fault\":\"%s\",\"count\":1,\"seconds\":1}".formatted(fault), 200);

        String caseNo = hub.caseOf(Applications.online(ITEM));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(PARTNER, caseNo)).containsExactly("application");
        assertThat(hub.effects("acceptance-platform", caseNo).stream().filter("result"::equals))
                .hasSize(1);
    }

    @Test
    void takesARefusalInASuccessEnvelopeForTheResultThatItIs() {
        String caseNo = hub.caseOf(Applications.online(ITEM, "REFUSE"));

        hub.awaitStatus(caseNo, "61");
        hub.awaitQuiet();
        assertThat(hub.effects(PARTNER, caseNo)).containsExactly("application");
        assertThat(hub.effects("acceptance-platform", caseNo)).endsWith("result");
    }

    @Test
    void asksWhileTheDepartmentIsSlowAtTheEndOfAMonthAndNeverCallsTwice() {
        // Given a month end at which one answer takes longer than the call may last
        hub.fault(PARTNER, "{\"fault\":\"month-end\",\"count\":1,\"seconds\":8}", 200);
        String slow = hub.caseOf(Applications.online(ITEM));

        // When others apply, there and elsewhere
        String quick = hub.caseOf(Applications.online(ITEM));
        String other = hub.caseOf(Applications.online(Applications.ECONOMY));

        // Then they do not wait, and the slow one is worked once
        hub.awaitStatus(other, "60");
        hub.awaitStatus(quick, "60");
        hub.awaitStatus(slow, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(PARTNER, slow)).containsExactly("application");
    }

    @Test
    void waitsThroughTheNightAtNoCost() {
        // Given a settlement system that has closed at 22:00
        hub.clock().set(NEXT_WEEK.atTime(CLOSED));
        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/partners").toString().contains("\"hours\""));

        // When a citizen applies at night
        String caseNo = hub.caseOf(Applications.online(ITEM));

        // Then nothing is tried before 06:00
        JsonNode waiting = hub.operatorSees("/waiting?partner=" + PARTNER).path(0);
        assertThat(waiting.path("attempts").asInt(-1)).isZero();
        assertThat(waiting.path("nextAttempt").asString()).startsWith(NEXT_WEEK.plusDays(1) + "T06:00");

        // When it opens
        hub.clock().set(NEXT_WEEK.plusDays(1).atTime(OPEN));
        hub.awaitStatus(caseNo, "60");
        assertThat(hub.effects(PARTNER, caseNo)).containsExactly("application");
    }

    @Test
    void comesAgainWhenTheDepartmentIsClosedAlthoughItShouldBeOpen() {
        hub.fault(PARTNER, "{\"fault\":\"closed\",\"count\":1}", 200);

        String caseNo = hub.caseOf(Applications.online(ITEM));

        hub.awaitStatus(caseNo, "60");
        assertThat(hub.effects(PARTNER, caseNo)).containsExactly("application");
    }

    @Test
    void takesACaseBackThatTheDepartmentHas() {
        // Not for one call only: that might be the count that every hub asks for soon after its start.
        hub.fault(PARTNER, "{\"fault\":\"late-result\",\"seconds\":600}", 200);
        String caseNo = hub.caseOf(Applications.online(ITEM));
        hub.awaitStatus(caseNo, "40");

        int answer = hub.post(
                        "/api/v1/cases/%s/withdrawal".formatted(caseNo),
                        UUID.randomUUID().toString(),
                        "{\"withdrawalTime\":\"%s\",\"reason\":\"不再需要\"}".formatted(Applications.now()))
                .statusCode();

        assertThat(answer).isEqualTo(202);
        hub.awaitStatus(caseNo, "90");
        assertThat(hub.effects(PARTNER, caseNo)).containsExactly("application", "withdrawal");
    }
}
