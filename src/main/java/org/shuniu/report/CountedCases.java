package org.shuniu.report;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads by their numbers under what cases are counted, as they stand now. */
final class CountedCases {

    private static final String CASES = """
            select c.case_no, c.sender, c.receiver, c.item_code, c.receiving_centre, c.received_at,
                (select array_agg(p.office order by p.stage, p.part) from case_part p where p.case_no = c.case_no) as offices
            from case_file c where c.case_no = any(?)
            """;

    private final JdbcTemplate sql;
    private final Predicate<String> isRegion;

    /** @param isRegion whether a partner is the hub of another region */
    CountedCases(JdbcTemplate sql, Predicate<String> isRegion) {
        this.sql = sql;
        this.isRegion = isRegion;
    }

    Map<String, CountedCase> of(Collection<String> caseNos) {
        Map<String, CountedCase> cases = new HashMap<>();
        sql.query(
                CASES,
                row -> {
                    CountedCase one = read(row);
                    cases.put(one.caseNo(), one);
                },
                (Object) caseNos.toArray(String[]::new));
        return cases;
    }

    private CountedCase read(ResultSet row) throws SQLException {
        Array offices = row.getArray("offices");
        String sender = row.getString("sender");
        // Whose turn it is changes in the life of a case that several decide; the first of them does not.
        List<String> deciding =
                offices == null ? List.of(row.getString("receiver")) : List.of((String[]) offices.getArray());
        String centre = row.getString("receiving_centre");
        return new CountedCase(
                row.getString("case_no"),
                deciding.get(0),
                row.getString("item_code"),
                centre == null || isRegion.test(centre) ? "" : centre,
                sender,
                Stream.concat(Stream.of(sender), deciding.stream())
                        .filter(isRegion)
                        .findFirst()
                        .orElse(""),
                CaseFiles.instant(row, "received_at"));
    }
}
