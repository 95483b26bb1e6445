package org.shuniu.contract;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.shuniu.partner.OpeningHours;

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
 * @param receipts its words for what it tells of a case
 * @param limits how it may be called
 * @param hours when it may be
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
        Map<String, List<Code>> codes,
        Receipts receipts,
        Limits limits,
        Hours hours) {

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

    /**
     * Its words for the states of a case that it tells.
     *
     * @param inWork it has the case and has not decided
     */
    public record Receipts(String inWork, String done, String refused) {

        /** How many states there are. */
        static final int STATES = 3;

        /** Where nothing is agreed. */
        public static final Receipts USUAL = new Receipts("WORKING", "DONE", "REFUSED");
    }

    /**
     * How it may be called. What is empty is not agreed, and partner.yaml's own default holds.
     *
     * @param parallel calls at a time
     * @param perSecond calls that may begin in a second
     * @param deadline in which it answers a call
     * @param rows of one file, where it gets files
     */
    public record Limits(OptionalInt parallel, OptionalInt perSecond, Optional<Duration> deadline, OptionalInt rows) {}

    /**
     * When it may be called.
     *
     * @param text as partner.yaml has it, in one line
     */
    public record Hours(OpeningHours windows, String text) {

        /** Where nothing is agreed. */
        public static final Hours ALWAYS = new Hours(OpeningHours.always(), "always");
    }

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

    /** Where a mapping writes a field of a document: with tables a column behind its table, or a table of its own. */
    public String target(String document, ContractField field) {
        return protocol == ContractProtocol.TABLE && !field.isPapers() ? document + "." + field.name() : field.name();
    }
}
