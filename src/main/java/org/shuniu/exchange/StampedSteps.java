package org.shuniu.exchange;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.shuniu.timestamp.HashTree;
import org.shuniu.timestamp.StampedLines;

/** The time-stamps in one package of evidence: for each step the way from its hash to what was stamped. */
final class StampedSteps {

    private record Shown(StampedLines lines, HashTree tree) {

        boolean holds(long seq) {
            return lines.from() <= seq && seq <= lines.to();
        }

        String name() {
            return "%s-%d".formatted(lines.direction(), lines.to());
        }
    }

    /** Of each chain the stamp that was used last: the trees of all would fill the memory. */
    private final Map<EvidenceLadder.Chain, Shown> last = new HashMap<>();

    private final Set<String> added = new HashSet<>();
    private final TimeStamps stamps;
    private final Tar tar;

    StampedSteps(TimeStamps stamps, Tar tar) {
        this.stamps = stamps;
        this.tar = tar;
    }

    /** Adds what proves the step's time, where there is a stamp already. */
    void add(String folder, EvidenceLadder.Kept step) {
        Optional.ofNullable(last.get(step.chain()))
                .filter(stamp -> stamp.holds(step.seq()))
                .or(() -> stampOf(step))
                .ifPresent(stamp -> {
                    List<HashTree.Step> path =
                            stamp.tree().path((int) (step.seq() - stamp.lines().from()));
                    tar.add(folder + "/stamp", stamp.name());
                    tar.add(
                            folder + "/path",
                            path.stream().map(one -> one.text() + "\n").collect(Collectors.joining()));
                });
    }

    private Optional<Shown> stampOf(EvidenceLadder.Kept step) {
        return stamps.of(step.chain(), step.seq()).map(kept -> {
            Shown stamp = new Shown(kept.lines(), kept.lines().tree());
            last.put(step.chain(), stamp);
            if (added.add(stamp.name())) {
                tar.add("stamps/%s/stamped".formatted(stamp.name()), kept.stamped());
                tar.add("stamps/%s/answer".formatted(stamp.name()), kept.answer());
            }
            return stamp;
        });
    }

    /** @param authorities PEM of those that the stamps come from */
    void end(String authorities) {
        if (!added.isEmpty()) {
            tar.add("stamps/authorities.pem", authorities);
        }
    }
}
