package org.shuniu.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which cases are over, and until when their bodies are kept. */
final class CasesInTime {

    private static final String CASES = """
            select c.case_no, c.item_code, c.status, greatest(c.changed_at,
                    (select max(m.accepted_at) from message m where m.case_no = c.case_no),
                    (select max(d.settled_at) from delivery d where d.case_no = c.case_no)) as last_step,
                exists (select 1 from delivery d where d.case_no = c.case_no and d.state in ('pending', 'parked'))
                or exists (select 1 from message m
                    where m.case_no = c.case_no and m.parked_reason is not null and m.parked_ended_at is null)
                or exists (select 1 from delivery d join certificate_use u on u.delivery_id = d.id
                    where d.case_no = c.case_no and u.state = 'open')
                or exists (select 1 from answer_request r where r.case_no = c.case_no and r.state = 'asked')
                or exists (select 1 from case_part p where p.case_no = c.case_no and p.state in ('waiting', 'open')) as waits
            from case_file c where c.case_no = any(?)
            """;

    private final JdbcTemplate sql;
    private final RetentionProperties settings;

    CasesInTime(JdbcTemplate sql, RetentionProperties settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /**
     * Until when these are kept.
     *
     * @return with each case that the hub knows, {@link Instant#MAX} while it is not over or something of it waits
     */
    Map<String, Instant> until(Collection<@Nullable String> cases) {
        Map<String, Instant> until = new HashMap<>();
        Set<String> asked = new TreeSet<>();
        cases.forEach(caseNo -> {
            if (caseNo != null) {
                asked.add(caseNo);
            }
        });
        sql.query(
                CASES,
                row -> {
                    boolean over = CaseFile.isOver(row.getString("status")) && !row.getBoolean("waits");
                    until.put(
                            row.getString("case_no"),
                            over
                                    ? settings.until(row.getString("item_code"), CaseFiles.instant(row, "last_step"))
                                    : Instant.MAX);
                },
                (Object) asked.toArray(String[]::new));
        return until;
    }
}
