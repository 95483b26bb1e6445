package org.shuniu.console;

import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import org.shuniu.controlbus.FlowReader;

/**
 * All lines together.
 *
 * @param oldestSeconds age of the oldest of all that waits
 */
record Sums(long waiting, long retrying, long held, long parked, long oldestSeconds, long stopped) {

    static Sums of(Collection<List<Line>> lines) {
        return new Sums(
                sum(lines, FlowReader.Flow::waiting),
                sum(lines, FlowReader.Flow::retrying),
                sum(lines, FlowReader.Flow::held),
                sum(lines, FlowReader.Flow::parked),
                lines.stream()
                        .flatMap(List::stream)
                        .mapToLong(line -> line.flow().oldestSeconds())
                        .max()
                        .orElse(0),
                sum(lines, flow -> flow.running() ? 0 : 1));
    }

    private static long sum(Collection<List<Line>> lines, ToLongFunction<FlowReader.Flow> figure) {
        return lines.stream()
                .flatMap(List::stream)
                .map(Line::flow)
                .mapToLong(figure)
                .sum();
    }
}
