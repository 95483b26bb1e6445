package org.shuniu.mapping;

import java.util.List;

/** The mappings can't be used; names every fault with its file, row and what was expected. */
public final class MappingsRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    MappingsRefused(List<String> faults) {
        super("%d fault(s) in the mappings:%n%s".formatted(faults.size(), String.join(System.lineSeparator(), faults)));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
