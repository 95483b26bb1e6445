package org.shuniu.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The case files in the database; every method runs in its caller's transaction. */
public final class CaseFiles {

    private static final String INSERT = """
            insert into case_file (case_no, sender, item_code, item_variant, receiver, channel, status, receiving_centre,
                accepting_centre, paper_centre, responsible, applicant_index, application_id, received_at, changed_at,
                result_id)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::text[], ?::text[], ?::bytea[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::uuid[])
            """;
    private static final String UPDATE = """
            update case_file c set receiver = w.receiver, channel = w.channel, status = w.status,
                receiving_centre = w.receiving_centre, accepting_centre = w.accepting_centre, paper_centre = w.paper_centre,
                responsible = w.responsible, application_id = w.application_id, changed_at = w.changed_at,
                result_id = w.result_id
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[],
                ?::timestamptz[], ?::uuid[]) as w(case_no, receiver, channel, status, receiving_centre, accepting_centre,
                paper_centre, responsible, application_id, changed_at, result_id)
            where c.case_no = w.case_no
            """;

    private final JdbcTemplate sql;

    public CaseFiles(JdbcTemplate sql) {
        this.sql = sql;
    }

    public Optional<CaseFile> find(String caseNo) {
        return sql.query("select * from case_file where case_no = ?", CaseFiles::read, caseNo).stream()
                .findFirst();
    }

    /** Locks the cases in the order of their numbers, so that two groups never wait for each other in a ring. */
    public Map<String, CaseFile> lock(Collection<String> caseNumbers) {
        Map<String, CaseFile> locked = new LinkedHashMap<>();
        if (caseNumbers.isEmpty()) {
            return locked;
        }
        List<CaseFile> found = sql.query(
                "select * from case_file where case_no = any(?) order by case_no for update", CaseFiles::read, (Object)
                        new TreeSet<>(caseNumbers).toArray(String[]::new));
        found.forEach(file -> locked.put(file.caseNo(), file));
        return locked;
    }

    public void insert(Collection<CaseFile> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        sql.update(
                INSERT,
                Columns.texts(fresh, CaseFile::caseNo),
                Columns.texts(fresh, CaseFile::sender),
                Columns.texts(fresh, CaseFile::itemCode),
                Columns.texts(fresh, CaseFile::itemVariant),
                Columns.texts(fresh, CaseFile::receiver),
                Columns.texts(fresh, CaseFile::channel),
                Columns.texts(fresh, CaseFile::status),
                Columns.texts(fresh, CaseFile::receivingCentre),
                Columns.texts(fresh, CaseFile::acceptingCentre),
                Columns.texts(fresh, CaseFile::paperCentre),
                Columns.texts(fresh, CaseFile::responsible),
                Columns.bytes(fresh, CaseFile::applicantIndex),
                Columns.texts(fresh, CaseFile::applicationId),
                Columns.texts(fresh, CaseFile::receivedAt),
                Columns.texts(fresh, CaseFile::changedAt),
                Columns.texts(fresh, CaseFile::resultId));
    }

    /** Writes what may change in the life of a case; its caller holds the lock of each. */
    public void update(Collection<CaseFile> changed) {
        if (changed.isEmpty()) {
            return;
        }
        sql.update(
                UPDATE,
                Columns.texts(changed, CaseFile::caseNo),
                Columns.texts(changed, CaseFile::receiver),
                Columns.texts(changed, CaseFile::channel),
                Columns.texts(changed, CaseFile::status),
                Columns.texts(changed, CaseFile::receivingCentre),
                Columns.texts(changed, CaseFile::acceptingCentre),
                Columns.texts(changed, CaseFile::paperCentre),
                Columns.texts(changed, CaseFile::responsible),
                Columns.texts(changed, CaseFile::applicationId),
                Columns.texts(changed, CaseFile::changedAt),
                Columns.texts(changed, CaseFile::resultId));
    }

    public static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public static CaseFile read(ResultSet row, int number) throws SQLException {
        return new CaseFile(
                row.getString("case_no"),
                row.getString("sender"),
                row.getString("item_code"),
                row.getString("item_variant"),
                row.getString("receiver"),
                row.getString("channel"),
                row.getString("status"),
                row.getString("receiving_centre"),
                row.getString("accepting_centre"),
                row.getString("paper_centre"),
                row.getString("responsible"),
                row.getBytes("applicant_index"),
                row.getObject("application_id", UUID.class),
                instant(row, "received_at"),
                instant(row, "changed_at"),
                row.getObject("result_id", UUID.class));
    }
}
