package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Translates divisions one way; the row that says most counts, and what it says nothing of on that day is not translated. */
final class DivisionNames {

    private static final int LENGTH_OF_DISTRICT = 6;

    private final Timeline<RegionDivision> rows = new Timeline<>();
    private final Function<RegionDivision, String> from;
    private final Function<RegionDivision, String> to;

    DivisionNames(Function<RegionDivision, String> from, Function<RegionDivision, String> to) {
        this.from = from;
        this.to = to;
    }

    boolean add(RegionDivision row) {
        return rows.add(from.apply(row), row);
    }

    List<RegionDivision> all() {
        return rows.all();
    }

    Optional<String> translate(String code, LocalDate on) {
        return enclosing(code)
                .filter(rows::knows)
                .findFirst()
                .flatMap(known -> rows.find(known, on))
                .flatMap(row -> within(from.apply(row), to.apply(row), code));
    }

    /** The division itself, its district, prefecture and province. */
    static Stream<String> enclosing(String code) {
        return code.length() < LENGTH_OF_DISTRICT
                ? Stream.of(code)
                : Stream.of(
                                code,
                                code.substring(0, LENGTH_OF_DISTRICT),
                                code.substring(0, 4) + "00",
                                code.substring(0, 2) + "0000")
                        .distinct();
    }

    /** What lies within a division goes with it, where both codes end at the same level. */
    private static Optional<String> within(String from, String to, String code) {
        if (code.equals(from)) {
            return Optional.of(to);
        }
        String before = significant(from);
        String after = significant(to);
        return before.length() == after.length()
                ? Optional.of(after + code.substring(before.length()))
                : Optional.empty();
    }

    private static String significant(String code) {
        return code.length() == LENGTH_OF_DISTRICT ? code.replaceFirst("(00){1,2}$", "") : code;
    }
}
