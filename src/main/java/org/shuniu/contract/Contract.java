package org.shuniu.contract;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a department and the hub have agreed: which items it decides, what it is told of a case, in which words, and how its answers
 * come. Everything else of a partner can be made from it.
 *
 * @param partner its id, such as {@code civil-affairs}
 * @param code of the department in {@code mappings/catalogue/departments.csv}, two letters
 * @param office its full name
 * @param results how it tells what it has decided
 * @param since the first day on which it decides its items, on Shanghai's clocks
 * @param basis the legal basis on which the fields are handed over
 * @param fields of each kind of document that it gets: {@code application}, {@code supplement}, {@code withdrawal}
 * @param codes its code tables by their names
 */
public record Contract(
        String partner,
        Name name,
        String code,
        String office,
        ContractProtocol protocol,
        Results results,
        LocalDate since,
        List<ContractItem> items,
        String basis,
        Map<String, List<ContractField>> fields,
        Map<String, List<Code>> codes) {

    /** The kinds of documents that a department gets as a receiver of work. */
    public static final List<String> DOCUMENTS = List.of("application", "supplement", "withdrawal");

    public Contract {
        items = List.copyOf(items);
        fields = Map.copyOf(fields);
        codes = Map.copyOf(codes);
    }

    /** What it is called. */
    public record Name(String zh, String en) {}

    /**
     * A code of the hub's and the department's own for the same.
     *
     * @param hub such as 111 of GA/T 2000.156
     */
    public record Code(String hub, String local, String name) {}

    /** How a department tells what it has decided. */
    public enum Results {
        /** In its answer to the application. */
        AT_ONCE,
        /** By a call of its own to {@code /callback/v1/<partner>}; it is asked besides when none comes. */
        CALLBACK,
        /** When it is asked. */
        QUERY,
        /** By rows of a file, rows of a table or messages of a queue, as its protocol has them. */
        POLL;

        /** As contracts and the command line have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What the department calls a code of ours, or nothing where the table has none. */
    public List<String> locals(String table) {
        return codes.getOrDefault(table, List.of()).stream().map(Code::local).toList();
    }

    public List<ContractField> of(String document) {
        return fields.getOrDefault(document, List.of());
    }
}
