package org.shuniu.store;

import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How the database sorts text. Keys and case numbers are held in sorted indexes; where a library of the operating system sorts, a
 * new version of it may sort otherwise, and a unique index that is sorted by neither does not find what it holds.
 */
public final class TextOrder {

    /** As a row of JSON: the column that names who sorts is there since PostgreSQL 15. */
    private static final String OF_A_LIBRARY = """
            select case provider when 'i' then 'ICU' else datcollate end from (
                select datcollate, coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') as provider from pg_database d
                where datname = current_database()) here
            where provider = 'i' or provider = 'c' and datcollate not in ('C', 'POSIX', 'C.UTF-8', 'C.utf8')
            """;

    private TextOrder() {}

    /** The locale by which the database sorts, such as {@code zh_CN.UTF-8}, where that is not by the characters' numbers. */
    public static Optional<String> ofALibrary(JdbcTemplate sql) {
        return sql.queryForList(OF_A_LIBRARY, String.class).stream().findFirst();
    }
}
