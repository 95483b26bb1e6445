package org.shuniu.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DeliveryBlockTest {

    private final List<Fault> faults = new ArrayList<>();

    @Test
    void hasADefaultForEverything() {
        DeliveryPolicy policy = read("partner: x");

        assertThat(faults).isEmpty();
        assertThat(policy.schedule())
                .extracting(Duration::toSeconds)
                .containsExactly(0L, 5L, 30L, 300L, 1800L, 7200L, 18000L, 36000L, 50400L, 72000L, 86400L);
        assertThat(policy.jitter()).isEqualTo(0.2);
        assertThat(policy.connect()).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.rate()).isEmpty();
        assertThat(policy.unknownOutcome()).isEqualTo(UnknownOutcome.NEITHER);
    }

    @Test
    void readsARateWhoseBurstIsASecondOfIt() {
        assertThat(read("delivery: {rate: {per-second: 7}}").rate()).contains(new DeliveryPolicy.Rate(7, 7));
        assertThat(read("delivery: {rate: {per-second: 7, burst: 1}}").rate()).contains(new DeliveryPolicy.Rate(7, 1));
        assertThat(faults).isEmpty();
    }

    @Test
    void letsOperatorsLowerOnlyUnlessTheFileAllowsMore() {
        DeliveryPolicy usual = read("delivery: {parallel: 3, rate: {per-second: 7}}");
        DeliveryPolicy patient = read("delivery: {parallel: 3, rate: {per-second: 7}, raise-at-most: 2}");

        assertThat(List.of(usual.mostParallel(), usual.mostPerSecond())).containsExactly(3, 7);
        assertThat(List.of(patient.mostParallel(), patient.mostPerSecond())).containsExactly(6, 14);
        assertThat(faults).isEmpty();
        read("delivery: {raise-at-most: 11}");
        assertThat(faults).singleElement().asString().contains("delivery.raise-at-most");
    }

    @Test
    void leavesTimeToAnswerAfterConnecting() {
        assertThat(read("delivery: {deadline: 3s}").connect()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(faults).isEmpty();

        read("delivery: {deadline: 3s, connect: 3s}");

        assertThat(faults).singleElement().asString().contains("delivery.connect", "less than delivery.deadline");
    }

    @Test
    void namesEveryFault() {
        read("""
                delivery:
                  parallel: many
                  rate: {per-second: 0}
                  deadline: 0s
                  schedule: [0s, soon]
                  jitter: 1
                  unknown-outcome: maybe
                  circuit: {failures: 5, probe-evry: 5s}
                  retries: 3""");

        assertThat(faults)
                .extracting(Fault::place)
                .contains(
                        "delivery.parallel",
                        "delivery.rate.per-second",
                        "delivery.deadline",
                        "delivery.schedule[1]",
                        "delivery.jitter",
                        "delivery.unknown-outcome",
                        "delivery.circuit.probe-evry",
                        "delivery.retries");
    }

    @Test
    void waitsByTheScheduleGiveOrTakeTheJitterUntilItIsUsedUp() {
        DeliveryPolicy policy = read("partner: x");
        Random random = new Random(7);

        for (int spent = 0; spent < policy.schedule().size(); spent++) {
            double wait = policy.schedule().get(spent).toMillis();
            assertThat((double) policy.delayAfter(spent, random).orElseThrow().toMillis())
                    .isBetween(wait * 0.8 - 1, wait * 1.2);
        }
        assertThat(policy.delayAfter(policy.schedule().size(), random)).isEmpty();
    }

    private DeliveryPolicy read(String yaml) {
        return new DeliveryBlock(new BlockReader(
                        Path.of("partner.yaml"), YamlLines.of(yaml), new YAMLMapper().readTree(yaml), faults))
                .read();
    }
}
