package org.shuniu.mapping;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.shuniu.fault.Fault;

/** The mappings can't be used; names every fault with its file, row and what was expected. */
public final class MappingsRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    MappingsRefused(List<Fault> faults) {
        super("%d fault(s) in the mappings:%n%s"
                .formatted(
                        faults.size(),
                        faults.stream().map(Fault::toString).collect(Collectors.joining(System.lineSeparator()))));
        this.faults = List.copyOf(faults);
    }

    /** The same of files as they are called below that folder. */
    public MappingsRefused within(Path folder) {
        return new MappingsRefused(faults.stream()
                .map(fault -> new Fault(
                        folder.relativize(Path.of(fault.file())).toString(),
                        fault.line(),
                        fault.place(),
                        fault.reason(),
                        fault.cure()))
                .toList());
    }

    public List<Fault> faults() {
        return faults;
    }
}
