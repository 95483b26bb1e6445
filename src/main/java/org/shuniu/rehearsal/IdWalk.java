package org.shuniu.rehearsal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.shuniu.store.TimeOrderedId;
import org.springframework.jdbc.core.JdbcTemplate;

/** Walks a table of everybody's rows back in time, a page at a time, and stops at those of one partner. */
final class IdWalk {

    /** A row before anybody has decided whether it is wanted. */
    record Row(UUID id, String partner, String kind) {}

    private static final int PAGE = 5_000;
    /** Rows that one walk looks at: a partner who seldom gets anything is not looked for through all of time. */
    static final int MOST_ROWS = 200_000;

    private final JdbcTemplate sql;
    private final String page;
    private final UUID oldest;
    private final Predicate<Row> wanted;
    private final Deque<UUID> ready = new ArrayDeque<>();
    private UUID before = new UUID(-1L >>> 1, -1L);
    private int seen;
    private boolean ended;

    /**
     * @param page gives {@code id}, {@code partner} and {@code kind} of the newest rows below the first id, and from the second on
     * @param since nothing older is looked at
     */
    IdWalk(JdbcTemplate sql, String page, Instant since, Predicate<Row> wanted) {
        this.sql = sql;
        this.page = page;
        this.oldest = TimeOrderedId.first(since);
        this.wanted = wanted;
    }

    /** The next, newest first; fewer only at the end. */
    List<UUID> next(int most) {
        while (ready.size() < most && !ended) {
            look();
        }
        List<UUID> next = new ArrayList<>();
        while (next.size() < most && !ready.isEmpty()) {
            next.add(ready.remove());
        }
        return next;
    }

    /** Whether it has ended before it was through. */
    boolean gaveUp() {
        return seen >= MOST_ROWS;
    }

    private void look() {
        List<Row> rows = sql.query(page, IdWalk::row, before, oldest, PAGE);
        rows.stream().filter(wanted).map(Row::id).forEach(ready::add);
        seen += rows.size();
        ended = rows.size() < PAGE || gaveUp();
        if (!rows.isEmpty()) {
            before = rows.get(rows.size() - 1).id();
        }
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getObject("id", UUID.class), row.getString("partner"), row.getString("kind"));
    }
}
