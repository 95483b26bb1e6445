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
     * @param item its code, or null for all
     * @param centre the code of one that received or accepts it, or null for all
     * @param status or null for all
     */
    record Filter(
            @Nullable String receiver,
            @Nullable String item,
            @Nullable String centre,
            @Nullable String status,
            Instant from,
            Instant to) {}

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
    /**
     * Within each receiver, so that its limit counts what a person may see and nothing else; whom a case concerns is asked of the
     * newest only, or a person of a small partner would have every case of the time looked at.
     */
    static final String BY_TIME = """
            select f.* from unnest(?::text[]) as r(receiver) cross join lateral (
                select c.* from (select * from case_file n
                        where n.receiver = r.receiver and n.received_at >= ? and n.received_at < ?
                        order by n.received_at desc limit ?) c
                where (?::text is null or c.status = ?) and (?::text is null or c.item_code = ?)
                    and (?::text is null or ? in (c.receiving_centre, c.accepting_centre)) and %s
                order by c.received_at desc limit ?) f
            order by f.received_at desc limit ?
            """.formatted(CaseSearch.SEEN);

    static final String BEYOND = """
            select exists (select 1 from unnest(?::text[]) as r(receiver) cross join lateral (
                select 1 from case_file n where n.receiver = r.receiver and n.received_at >= ? and n.received_at < ?
                order by n.received_at desc offset ? limit 1) more)
            """;

    private static final String VISIBLE = """
            select c.* from case_file c where c.case_no = any(?) and %s order by c.received_at desc limit ?
            """.formatted(CaseSearch.SEEN);

    /** Cases that are looked at for one question, of all receivers together. */
    private static final int LOOKED_AT = 100_000;

    private static final int MORE_OF_STATES = 10;

    private final JdbcTemplate sql;
    private final String[] all;
    private final int lookedAt;

    CaseFinder(JdbcTemplate sql, PartnerDirectory partners) {
        this(sql, partners, LOOKED_AT);
    }

    CaseFinder(JdbcTemplate sql, PartnerDirectory partners, int lookedAt) {
        this.sql = sql;
        this.lookedAt = lookedAt;
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
        String[] receivers = receivers(filter);
        return sql.query(
                BY_TIME,
                CaseFinder::read,
                receivers,
                CaseFiles.utc(filter.from()),
                CaseFiles.utc(filter.to()),
                ofEach(who, receivers),
                filter.status(),
                filter.status(),
                filter.item(),
                filter.item(),
                filter.centre(),
                filter.centre(),
                seen,
                seen,
                seen,
                seen,
                most,
                most);
    }

    /** Whether there are cases of that time at which {@link #byTime} did not look. */
    boolean isBeyond(ConsoleUser who, Filter filter) {
        String[] receivers = receivers(filter);
        return Boolean.TRUE.equals(sql.queryForObject(
                BEYOND,
                Boolean.class,
                receivers,
                CaseFiles.utc(filter.from()),
                CaseFiles.utc(filter.to()),
                ofEach(who, receivers)));
    }

    private String[] receivers(Filter filter) {
        return filter.receiver() == null ? all : new String[] {filter.receiver()};
    }

    /** Whom a case concerns is a look at another table; of those who see all, only the state is asked. */
    private int ofEach(ConsoleUser who, String[] receivers) {
        int looks = who.partners() == null ? lookedAt * MORE_OF_STATES : lookedAt;
        return Math.max(1, looks / Math.max(1, receivers.length));
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
