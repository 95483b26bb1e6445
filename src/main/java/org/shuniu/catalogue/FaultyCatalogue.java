package org.shuniu.catalogue;

import java.util.List;
import java.util.stream.Collectors;
import org.shuniu.fault.Fault;

/** The catalogue's files can't be used; it lists every fault found in them, which whoever edits the files must mend. */
public final class FaultyCatalogue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

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
