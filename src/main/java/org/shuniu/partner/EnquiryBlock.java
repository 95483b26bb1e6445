package org.shuniu.partner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.shuniu.fault.BlockReader;

/** Reads the key {@code enquiry} of a partner.yaml; a partner without it is never asked for a result. */
final class EnquiryBlock {

    private static final String ENQUIRY = "enquiry";
    private static final Set<String> KEYS = Set.of("waits", "overdue");
    private static final Duration OVERDUE = Duration.ofDays(30);

    private final BlockReader block;

    EnquiryBlock(BlockReader block) {
        this.block = block;
    }

    Optional<Enquiry> read(Map<String, String> operations) {
        if (!block.has(ENQUIRY)) {
            return Optional.empty();
        }
        block.requireKeys(ENQUIRY, KEYS);
        if (!operations.containsKey("query")) {
            block.fault("operations.query", "nothing", "the operation by which enquiry asks for results");
        }
        return Optional.of(new Enquiry(waits(), block.duration(OVERDUE, ENQUIRY, "overdue")));
    }

    private List<Duration> waits() {
        List<Duration> waits = new ArrayList<>();
        for (String wait : block.strings(ENQUIRY, "waits")) {
            String key = "enquiry.waits[%d]".formatted(waits.size());
            Duration read = block.duration(key, wait);
            if (read.isZero()) {
                block.fault(key, "no time", "a time above 0");
            }
            waits.add(read);
        }
        if (waits.isEmpty()) {
            block.fault("enquiry.waits", "nothing", "a list of durations such as [1m, 5m, 15m]");
        }
        return waits;
    }
}
