package org.shuniu.partner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;

/** Reads the keys {@code enrich} and {@code enriched-by} of a partner.yaml, which make two partners a pair. */
final class EnrichBlock {

    private static final String ENRICH = "enrich";
    private static final String ENRICHED_BY = "enriched-by";
    private static final Set<String> KEYS = Set.of("steps", "valid-for");
    private static final Duration VALID = Duration.ofDays(30);

    private final BlockReader block;

    EnrichBlock(BlockReader block) {
        this.block = block;
    }

    Optional<Enrich> read(Map<String, String> operations) {
        if (!block.has(ENRICH)) {
            return Optional.empty();
        }
        block.requireKeys(ENRICH, KEYS);
        List<String> steps = block.strings(ENRICH, "steps");
        if (steps.isEmpty() || new HashSet<>(steps).size() < steps.size()) {
            block.fault("enrich.steps", "nothing, or an operation twice", "operations, in the order of their calls");
        }
        steps.stream()
                .filter(step -> !operations.containsKey(step))
                .forEach(step -> block.fault("operations." + step, "nothing", "the operation that enrich.steps names"));
        return Optional.of(new Enrich(steps, block.duration(VALID, ENRICH, "valid-for")));
    }

    Optional<String> enrichedBy() {
        return block.has(ENRICHED_BY) ? Optional.of(block.text(ENRICHED_BY)) : Optional.empty();
    }

    /** Whoever is enriched is so by a partner that can do it; of one whose file has faults that is not known. */
    static List<Fault> unmatched(PartnerDirectory.Look look, Function<String, Path> files) {
        Collection<Partner> partners = look.partners().values();
        List<Fault> faults = new ArrayList<>();
        for (Partner partner : partners) {
            partner.enrichedBy()
                    .filter(by -> !look.faults().containsKey(by))
                    .filter(by -> partners.stream()
                            .noneMatch(other ->
                                    other.id().equals(by) && other.enrich().isPresent()))
                    .ifPresent(by -> faults.add(Fault.ofKey(
                            files.apply(partner.id()),
                            ENRICHED_BY,
                            "found " + by,
                            "a partner whose partner.yaml has enrich")));
        }
        return faults;
    }
}
