package org.shuniu.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** The catalogue's files can't be used; it lists every fault found in them, which whoever edits the files must mend. */
public final class FaultyCatalogue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /** One fault: where it is, the kind of value there, and what was expected instead. */
    public record Fault(String file, long line, String column, String found, String expected) {
        @Override
        public String toString() {
            return "%s line %d, column %s: found %s, expected %s".formatted(file, line, column, found, expected);
        }
    }

    FaultyCatalogue(List<Fault> faults) {
        super(faults.stream()
                .map(Fault::toString)
                .collect(Collectors.joining("\n  ", "the catalogue has " + faults.size() + " fault(s):\n  ", "")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
