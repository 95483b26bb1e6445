package org.shuniu.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.search.CaseSearch;
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
            """.formatted(CaseSearch.SEEN);
    /** Within each receiver, so that its limit counts what a person may see and nothing else. */
    private static final String BY_TIME = """
            select f.* from unnest(?::text[]) as r(receiver) cross join lateral (
                select c.* from case_file c where c.receiver = r.receiver and c.received_at >= ? and c.received_at < ?
                    and (?::text is null or c.status = ?) and %s
                order by c.received_at desc limit ?) f
            order by f.received_at desc limit ?
            """.formatted(CaseSearch.SEEN);

    private static final String VISIBLE = """
            select c.* from case_file c where c.case_no = any(?) and %s order by c.received_at desc limit ?
            """.formatted(CaseSearch.SEEN);

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
                seen,
                seen,
                seen,
                seen,
                most,
                most);
    }

    /** One case, for whoever may know of it. */
    Optional<Found> visible(ConsoleUser who, String caseNo) {
        return visible(who, List.of(caseNo), 1).stream().findFirst();
    }

    /** Those of these cases that a person may know of, newest first. */
    List<Found> visible(ConsoleUser who, Collection<String> caseNos, int most) {
        String[] seen = who.partnersOrAll();
        return sql.query(VISIBLE, CaseFinder::read, caseNos.toArray(String[]::new), seen, seen, seen, seen, most);
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
