package org.shuniu.partner;

import java.util.List;
import java.util.stream.Collectors;
import org.shuniu.fault.Fault;

/** Everything that is wrong with the partners' configuration, at once. */
public final class PartnersRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public PartnersRefused(List<Fault> faults) {
        super(faults.stream()
                .map(Fault::toString)
                .collect(Collectors.joining("\n  ", "The partners' configuration is refused:\n  ", "")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
