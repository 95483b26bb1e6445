package org.shuniu.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import tools.jackson.dataformat.yaml.YAMLMapper;

class EnquiryBlockTest {

    private final List<Fault> faults = new ArrayList<>();

    @Test
    void asksNobodyWhoHasNoSuchBlock() {
        assertThat(read("partner: x", Map.of())).isEmpty();
        assertThat(faults).isEmpty();
    }

    @Test
    void readsItsWaits() {
        assertThat(read("enquiry: {waits: [1m, 15m], overdue: 20d}", Map.of("query", "/q")))
                .contains(new Enquiry(List.of(Duration.ofMinutes(1), Duration.ofMinutes(15)), Duration.ofDays(20)));
        assertThat(faults).isEmpty();
    }

    @Test
    void namesEveryFault() {
        read("enquiry: {waits: [0s, soon], overdue: 0s, schedule: [1m]}", Map.of());

        assertThat(faults)
                .hasSize(5)
                .anySatisfy(fault -> assertThat(fault.toString()).contains("enquiry.schedule: found an unknown key"))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("operations.query: found nothing"))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("enquiry.waits[0]: found no time"))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("enquiry.waits[1]: found no duration"))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("enquiry.overdue: found no time"));
    }

    private Optional<Enquiry> read(String yaml, Map<String, String> operations) {
        BlockReader block = new BlockReader(
                Path.of("partner.yaml"),
                YamlLines.of(yaml),
                YAMLMapper.builder().build().readTree(yaml),
                faults);
        return new EnquiryBlock(block).read(operations);
    }
}
