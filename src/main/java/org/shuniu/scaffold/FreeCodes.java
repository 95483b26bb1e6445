package org.shuniu.scaffold;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.ContractItem;

/** Codes that nothing in the catalogue has, on any day. */
public final class FreeCodes {

    /** Items of the city that are made up for trying begin here. */
    private static final long FIRST_ITEM = 312098001000L;

    private static final int STEP = 1000;

    private final Set<String> departments;
    private final Set<String> items;

    private FreeCodes(Set<String> departments, Set<String> items) {
        this.departments = departments;
        this.items = items;
    }

    public static FreeCodes of(Path mappings) {
        Path catalogue = mappings.resolve("catalogue");
        return new FreeCodes(
                column(catalogue.resolve("departments.csv"), "code"),
                column(catalogue.resolve("items.csv"), "item_code"));
    }

    private static Set<String> column(Path file, String name) {
        return Csv.rows(file).stream().map(row -> row.getField(name)).collect(Collectors.toSet());
    }

    /** Two letters, of the partner's id where that is possible. */
    public String department(String partner) {
        String letters = partner.replace("-", "").toUpperCase(Locale.ROOT);
        Stream<String> own =
                IntStream.range(1, letters.length()).mapToObj(at -> "" + letters.charAt(0) + letters.charAt(at));
        Stream<String> any = IntStream.rangeClosed('A', 'Z')
                .boxed()
                .flatMap(first -> IntStream.rangeClosed('A', 'Z')
                        .mapToObj(second -> "" + (char) first.intValue() + (char) second));
        return Stream.concat(own, any)
                .filter(code -> !departments.contains(code))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no code of two letters is free, expected --department"));
    }

    /** An item that is made up, to try the partner with. */
    public ContractItem item(Name of, int workingDays) {
        String code = LongStream.iterate(FIRST_ITEM, last -> last + STEP)
                .mapToObj(String::valueOf)
                .filter(next -> !items.contains(next))
                .findFirst()
                .orElseThrow();
        return new ContractItem(code, new Name(of.zh() + "办理事项", "Application to " + of.en()), workingDays);
    }
}
