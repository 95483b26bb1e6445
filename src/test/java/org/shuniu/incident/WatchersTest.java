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
import java.util.UUID;
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
    private static final Instant HOURS_AGO = at("2026-11-26T08:00");
    private static final long GIGABYTE = 1L << 30;
    private static final IncidentProperties.Processes PROCESSES =
            new IncidentProperties.Processes("", Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofDays(1));
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
        FailingCalls failing = new FailingCalls(registry, () -> List.of("a"), (partner, within) -> false, bounds);
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
        Instant answered = NOON.plusSeconds(9);

        assertThat(Machine.drift(NOON, NOON.minusSeconds(5), answered)).hasSeconds(5);
        assertThat(Machine.drift(NOON, NOON.plusSeconds(4), answered)).isZero();
        assertThat(Machine.drift(NOON, answered.plusSeconds(6), answered)).hasSeconds(6);
    }

    @Test
    void seesTheDiskAndTheClockOfEveryProcess() {
        HubProcess sound = process("one", NOON, 10 * GIGABYTE, Duration.ofSeconds(5));
        HubProcess full = process("two", NOON, GIGABYTE - 1, Duration.ZERO);
        HubProcess wrong = process("three", NOON, GIGABYTE, Duration.ofSeconds(6));
        HubProcess unreadable = process("four", NOON, null, Duration.ZERO);

        assertThat(processes(sound)).isEmpty();
        assertThat(processes(sound, full, wrong, unreadable))
                .satisfiesExactly(
                        disk -> {
                            assertThat(disk.key().kind()).isEqualTo(IncidentKind.DISK);
                            assertThat(disk.urgent()).isTrue();
                            assertThat(disk.said()).isEqualTo("two: 1023 MB free of 102400 MB; four: cannot be read");
                        },
                        clock -> {
                            assertThat(clock.key().kind()).isEqualTo(IncidentKind.CLOCK);
                            assertThat(clock.said()).isEqualTo("three: 6 s apart");
                        });
    }

    @Test
    void seesAProcessThatIsGoneWithoutAnEnd() {
        HubProcess judge = process("here", NOON, GIGABYTE, Duration.ZERO);
        HubProcess late = process("late", NOON.minusSeconds(60), GIGABYTE, Duration.ZERO);
        HubProcess gone = process("gone", NOON.minusSeconds(61), GIGABYTE, Duration.ZERO);

        assertThat(processes(judge, late)).isEmpty();
        assertThat(processes(judge, late, gone)).singleElement().satisfies(condition -> {
            assertThat(condition.key().kind()).isEqualTo(IncidentKind.PROCESS);
            assertThat(condition.opens()).isTrue();
            assertThat(condition.cases()).isEqualTo(1);
            assertThat(condition.said()).isEqualTo("gone");
            assertThat(condition.since()).isEqualTo(gone.beatAt());
            assertThat(condition.next()).isEqualTo(gone.beatAt().plus(PROCESSES.forgotten()));
        });
    }

    @Test
    void countsNoneAsGoneWhosePlaceAnotherHasTaken() {
        HubProcess judge = process("here", NOON, GIGABYTE, Duration.ZERO);
        HubProcess killed = process("there", NOON.minusSeconds(61), GIGABYTE, Duration.ZERO);
        HubProcess back = new HubProcess(
                UUID.randomUUID(),
                "there",
                NOON.minusSeconds(41),
                NOON.minusSeconds(41),
                NOON.minusSeconds(1),
                GIGABYTE,
                GIGABYTE,
                Duration.ZERO);

        assertThat(processes(judge, killed, back)).isEmpty();
    }

    @Test
    void saysNothingOfOthersWhileTheDatabaseHasJustComeBack() {
        HubProcess back = new HubProcess(
                UUID.randomUUID(), "here", HOURS_AGO, NOON.minusSeconds(59), NOON, GIGABYTE, 0L, Duration.ZERO);
        HubProcess silent = process("there", NOON.minusSeconds(300), GIGABYTE, Duration.ZERO);

        assertThat(processes(back, silent)).singleElement().matches(condition -> !condition.opens());
    }

    @Test
    void keepsAFullDiskOpenThoughItsProcessIsGone() {
        HubProcess judge = process("here", NOON, GIGABYTE, Duration.ZERO);
        HubProcess gone = process("gone", NOON.minusSeconds(120), 0L, Duration.ZERO);

        assertThat(processes(judge, gone))
                .filteredOn(condition -> condition.key().kind() == IncidentKind.DISK)
                .singleElement()
                .matches(condition -> !condition.opens());
    }

    private static List<Condition> processes(HubProcess... processes) {
        return new ProcessWatch(() -> List.of(processes), DataSize.ofGigabytes(1), Duration.ofSeconds(5), PROCESSES)
                .look(NOON);
    }

    private static HubProcess process(String place, Instant beat, Long free, Duration drift) {
        return new HubProcess(UUID.randomUUID(), place, HOURS_AGO, HOURS_AGO, beat, free, 100 * GIGABYTE, drift);
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
