package org.shuniu.crossing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** The shared cases in the database; every method runs in its caller's transaction. */
public final class Crossings {

    private static final String KEEP = """
            insert into case_crossing (case_no, region, ours, way, window_code, window_name, shared, holder, here, office, since,
                due_on, their_office, their_due_on, their_word_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (case_no) do update set shared = excluded.shared, holder = excluded.holder, here = excluded.here,
                office = excluded.office, since = excluded.since, due_on = excluded.due_on,
                their_office = excluded.their_office, their_due_on = excluded.their_due_on,
                their_word_at = excluded.their_word_at
            """;
    /** How a region says that it took the case in; whose turn it is follows from the steps of the same transaction. */
    private static final String BEGIN = """
            insert into case_crossing (case_no, region, ours, way, window_code, window_name, shared, holder, here, since)
            values (?, ?, false, ?, ?, ?, true, 'nobody', true, now()) on conflict do nothing
            """;

    private static final String OPEN = """
            select * from case_crossing where holder <> 'nobody' and (?::text is null or region = ?)
            order by since, case_no limit ?
            """;

    private final JdbcTemplate sql;

    public Crossings(JdbcTemplate sql) {
        this.sql = sql;
    }

    public Optional<Crossing> find(String caseNo) {
        return sql.query("select * from case_crossing where case_no = ?", Crossing::read, caseNo).stream()
                .findFirst();
    }

    /** Keeps how a region says that it received a case which it hands in. */
    public void begin(
            String caseNo,
            String region,
            @Nullable String way,
            @Nullable String windowCode,
            @Nullable String windowName) {
        sql.update(BEGIN, caseNo, region, way, windowCode, windowName);
    }

    /** Cases in which somebody has to act, whose turn came first. */
    public List<Crossing> open(@Nullable String region, int most) {
        return sql.query(OPEN, Crossing::read, region, region, most);
    }

    void keep(Crossing crossing) {
        sql.update(
                KEEP,
                crossing.caseNo(),
                crossing.region(),
                crossing.ours(),
                crossing.way(),
                crossing.windowCode(),
                crossing.windowName(),
                crossing.shared(),
                crossing.turn().holder().word(),
                crossing.turn().here(),
                crossing.turn().office(),
                CaseFiles.utc(crossing.since()),
                crossing.dueOn(),
                crossing.theirOffice(),
                crossing.theirDueOn(),
                crossing.theirWordAt() == null ? null : CaseFiles.utc(crossing.theirWordAt()));
    }
}
