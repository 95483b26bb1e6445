package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One table of codes, such as sex or the hub's case states. */
public final class CodeTable {
    private final String name;
    private final Timeline<Code> codes;

    /** One code with its names; {@code columns} holds every column of its row by name. */
    public record Code(
            String code,
            String nameZh,
            String nameEn,
            Map<String, String> columns,
            LocalDate validFrom,
            LocalDate validTo)
            implements Dated {
        public Code {
            columns = Map.copyOf(columns);
        }
    }

    CodeTable(String name, Timeline<Code> codes) {
        this.name = name;
        this.codes = codes;
    }

    public String name() {
        return name;
    }

    public Optional<Code> code(String code, LocalDate on) {
        return codes.find(code, on);
    }

    public boolean contains(String code, LocalDate on) {
        return code(code, on).isPresent();
    }

    /** Whether it is a code on any day. */
    public boolean knows(String code) {
        return codes.knows(code);
    }

    public List<Code> codes(LocalDate on) {
        return codes.inForce(on);
    }
}
