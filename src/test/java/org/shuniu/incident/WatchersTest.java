package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.controlbus.FlowLimits;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.util.unit.DataSize;

class WatchersTest {

    /** Opens at 5:00 on every day. */
    private static final String OPENS_AT_FIVE = "healthcare-security";

    private static final String ALWAYS_OPEN = "economy";
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Instant NOON = at("2026-11-26T12:00");
    private static final UnaryOperator<String> PLACEHOLDERS =
            text -> text.replaceAll("\\$\\{[^\n]*}", "http://127.0.0.1:1");

    @Test
    void countsAPartnerAsOpenOnceItHasBeenForSoLong() {
        assertThat(hours("2026-11-26T04:59").openFor(OPENS_AT_FIVE, Duration.ZERO))
                .isFalse();
        assertThat(hours("2026-11-26T05:01").openFor(OPENS_AT_FIVE, Duration.ZERO))
                .isTrue();
        assertThat(hours("2026-11-26T05:01").openFor(OPENS_AT_FIVE, QUARTER)).isFalse();
        assertThat(hours("2026-11-26T05:16").openFor(OPENS_AT_FIVE, QUARTER)).isTrue();
        assertThat(hours("2026-11-26T03:00").openFor(ALWAYS_OPEN, QUARTER)).isTrue();
    }

    @Test
    void opensABacklogOnlyAtAPartnerThatIsOpenAndWasNotStopped() {
        Map<String, FlowReader.Flow> flows =
                Map.of(OPENS_AT_FIVE, flow(OPENS_AT_FIVE, 3, 2, 36_000), ALWAYS_OPEN, flow(ALWAYS_OPEN, 3, 2, 36_000));

        assertThat(backlogs(flows, hours("2026-11-26T05:01"), false))
                .allSatisfy(condition -> assertThat(condition.opens())
                        .isEqualTo(ALWAYS_OPEN.equals(condition.key().partner())));
        assertThat(backlogs(flows, hours("2026-11-26T12:00"), true)).hasSize(2).noneMatch(Condition::opens);
    }

    @Test
    void takesForABacklogWhatIsTooMuchOrTriedForTooLong() {
        assertThat(backlogs(Map.of("a", flow("a", 99, 0, 36_000)), hours("2026-11-26T12:00"), false))
                .as("it waits for its time, and is too much only where it was more")
                .noneMatch(Condition::opens)
                .hasSize(1);
        assertThat(backlogs(Map.of("a", flow("a", 79, 0, 36_000)), hours("2026-11-26T12:00"), false))
                .isEmpty();
        assertThat(backlogs(Map.of("a", flow("a", 100, 0, 1)), hours("2026-11-26T12:00"), false))
                .singleElement()
                .satisfies(condition -> assertThat(condition.cases()).isEqualTo(100));
        assertThat(backlogs(Map.of("a", flow("a", 0, 1, 899)), hours("2026-11-26T12:00"), false))
                .isEmpty();
        assertThat(backlogs(Map.of("a", flow("a", 0, 1, 900)), hours("2026-11-26T12:00"), false))
                .hasSize(1);
    }

    @Test
    void seesALargeShareOfFailuresAmongEnoughCallsOfTheWindow() {
        MeterRegistry registry = new SimpleMeterRegistry();
        IncidentProperties.Errors bounds = new IncidentProperties.Errors(0.5, 10, Duration.ofMinutes(10));
        FailingCalls failing = new FailingCalls(registry, List.of("a"), (partner, within) -> false, bounds);
        count(registry, "retried", 100);
        assertThat(failing.look(NOON)).as("nobody knows when these were").isEmpty();

        count(registry, "retried", 4);
        count(registry, "parked", 1);
        count(registry, "delivered", 4);
        assertThat(failing.look(NOON.plusSeconds(10))).isEmpty();

        count(registry, "refused", 1);
        assertThat(failing.look(NOON.plusSeconds(20)))
                .singleElement()
                .satisfies(condition -> assertThat(condition.cases()).isEqualTo(5));

        count(registry, "delivered", 1);
        assertThat(failing.look(NOON.plusSeconds(30))).isEmpty();
    }

    @Test
    void takesNoSlowAnswerForADrift() {
        Instant asked = NOON;
        Instant answered = NOON.plusSeconds(9);
        Duration most = Duration.ofSeconds(5);

        assertThat(ClockDrift.condition(asked, asked.minusSeconds(5), answered, most))
                .isEmpty();
        assertThat(ClockDrift.condition(asked, answered.plusSeconds(5), answered, most))
                .isEmpty();
        assertThat(ClockDrift.condition(asked, asked.minusSeconds(6), answered, most))
                .hasSize(1);
        assertThat(ClockDrift.condition(asked, answered.plusSeconds(6), answered, most))
                .hasSize(1);
    }

    @Test
    void seesThatADiskFillsUp() {
        assertThat(new DiskSpace(Path.of("."), DataSize.ofBytes(1)).look(NOON)).isEmpty();
        assertThat(new DiskSpace(Path.of("."), DataSize.ofTerabytes(100_000)).look(NOON))
                .singleElement()
                .satisfies(condition -> assertThat(condition.urgent()).isTrue());
    }

    private static List<Condition> backlogs(Map<String, FlowReader.Flow> flows, ServiceHours hours, boolean stopped) {
        return new Backlogs(() -> flows, hours, (partner, within) -> stopped, 100, QUARTER).look(NOON);
    }

    private static FlowReader.Flow flow(String partner, long waiting, long retrying, long oldest) {
        return new FlowReader.Flow(
                partner,
                true,
                waiting,
                retrying,
                0,
                0,
                oldest,
                retrying > 0 ? oldest : 0,
                List.of(),
                new FlowLimits(null, 1, null));
    }

    private static void count(MeterRegistry registry, String outcome, int calls) {
        registry.counter("shuniu.deliveries", "partner", "a", "outcome", outcome)
                .increment(calls);
    }

    private static ServiceHours hours(String now) {
        Map<String, Partner> partners =
                PartnerDirectory.look(Path.of("routes"), PLACEHOLDERS, Map.of()).partners();
        return new ServiceHours(
                partner -> partners.getOrDefault(partner, partners.get(ALWAYS_OPEN))
                        .hours(),
                Catalogue.load(Path.of("mappings")).calendar(),
                Clock.fixed(at(now), ZoneOffset.UTC),
                true);
    }

    private static Instant at(String time) {
        return LocalDateTime.parse(time).atZone(CaseTimes.SHANGHAI).toInstant();
    }
}
