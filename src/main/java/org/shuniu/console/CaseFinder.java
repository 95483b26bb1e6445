package org.shuniu.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds cases by the numbers that people have of them, or by department and time; every statement has its index. */
final class CaseFinder {

    /** A case, without anything of its documents. */
    record Found(String caseNo, String itemCode, String sender, String receiver, String status, Instant receivedAt) {}

    /**
     * A stretch of time, and what of it.
     *
     * @param receiver the partner that decides, or null for all
     * @param status or null for all
     */
    record Filter(@Nullable String receiver, @Nullable String status, Instant from, Instant to) {}

    /** Whom a case concerns; a person limited to partners sees those of theirs. */
    private static final String SEEN = """
            (?::text[] is null or c.sender = any(?) or c.receiver = any(?) or exists
                (select 1 from delivery d where d.case_no = c.case_no and d.receiver = any(?)))
            """;

    private static final String BY_NUMBER = """
            select c.* from case_file c where c.case_no in (
                select ?
                union select m.case_no from message m where m.id = ?
                union select d.case_no from delivery d where d.id = ?
                union select m.case_no from sender_case s join message m on m.id = s.message_id
                    where s.partner = any(?) and s.sender_case_no = ?
                union select m.case_no from message_key k join message m on m.id = k.message_id
                    where k.partner = any(?) and k.idempotency_key = ?)
            and %s order by c.received_at desc limit ?
            """.formatted(SEEN);
    private static final String BY_TIME = """
            select c.* from unnest(?::text[]) as r(receiver) cross join lateral (
                select * from case_file f where f.receiver = r.receiver and f.received_at >= ? and f.received_at < ?
                    and (?::text is null or f.status = ?)
                order by f.received_at desc limit ?) c
            where %s order by c.received_at desc limit ?
            """.formatted(SEEN);
    private static final String VISIBLE = "select c.* from case_file c where c.case_no = ? and " + SEEN;

    private final JdbcTemplate sql;
    private final String[] all;

    CaseFinder(JdbcTemplate sql, PartnerDirectory partners) {
        this.sql = sql;
        this.all = partners.all().stream().map(Partner::id).toArray(String[]::new);
    }

    /** A number of any kind: of the case, a message, a delivery, or one that a sender gave. */
    List<Found> byNumber(ConsoleUser who, String number, int most) {
        UUID id = uuid(number).orElse(null);
        String[] seen = who.partnersOrAll();
        return sql.query(
                BY_NUMBER, CaseFinder::read, number, id, id, all, number, all, number, seen, seen, seen, seen, most);
    }

    List<Found> byTime(ConsoleUser who, Filter filter, int most) {
        String[] seen = who.partnersOrAll();
        String[] receivers = filter.receiver() == null ? all : new String[] {filter.receiver()};
        return sql.query(
                BY_TIME,
                CaseFinder::read,
                receivers,
                CaseFiles.utc(filter.from()),
                CaseFiles.utc(filter.to()),
                filter.status(),
                filter.status(),
                most,
                seen,
                seen,
                seen,
                seen,
                most);
    }

    /** One case, for whoever may know of it. */
    Optional<Found> visible(ConsoleUser who, String caseNo) {
        String[] seen = who.partnersOrAll();
        return sql.query(VISIBLE, CaseFinder::read, caseNo, seen, seen, seen, seen).stream()
                .findFirst();
    }

    private static Optional<UUID> uuid(String number) {
        try {
            return Optional.of(UUID.fromString(number));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Found read(ResultSet row, int number) throws SQLException {
        return new Found(
                row.getString("case_no"),
                row.getString("item_code"),
                row.getString("sender"),
                row.getString("receiver"),
                row.getString("status"),
                CaseFiles.instant(row, "received_at"));
    }
}
