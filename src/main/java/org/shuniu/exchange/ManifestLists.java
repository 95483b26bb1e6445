package org.shuniu.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shuniu.document.CaseTimes;
import org.shuniu.signature.ContentDigest;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** What the hub and a region sent each other on one day, by the time that stands in the receipts, which both sides have. */
final class ManifestLists {

    /** Whose messages. */
    enum Side {
        /** The hub's, which the region accepted. */
        SENT,
        /** The region's, which the hub accepted. */
        ACCEPTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Side> of(String word) {
            return List.of(values()).stream()
                    .filter(one -> one.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * A message as it stands now.
     *
     * @param state the newest step that was signed of it; the furthest, where the other side signs: its words overtake each other
     */
    record Entry(String messageId, byte[] digest, Instant acceptedAt, String state) {}

    /**
     * All messages of a day.
     *
     * @param digest SHA-256 of a line for each, its id, a space and its Content-Digest, sorted by their bytes
     */
    record Summary(long count, byte[] digest) {}

    /** The time of a message that was accepted in a day's last moment may be on its way to the disk for this long. */
    static final Duration SETTLING = Duration.ofMinutes(5);

    private static final int AT_ONCE = 1_000;
    private static final Pattern PLACE = Pattern.compile("(\\d{1,17})-([A-Za-z0-9-]{1,64})");

    /** The aggregate keeps to the index over messages: the newest step is never looked for from the chain's end. */
    private static final String STATE = """
            (select (array_agg(e.kind order by %s e.seq desc))[1] from exchange_evidence e
                where e.partner = m.partner and e.direction = '%s' and e.message_id = m.message_id) as state
            """;

    private static final String FURTHEST = "case e.kind when 'ACCEPTED' then 2 when 'RELAYED' then 1 else 0 end,";

    private static final String SENT = """
            select s.partner, s.message_id::text as message_id, s.message_id as id, s.digest, s.accepted_at
            from exchange_sent s where s.partner = ? and s.accepted_at >= ? and s.accepted_at < ?
            """;
    private static final String ACCEPTED = """
            select x.partner, x.idempotency_key as message_id, x.idempotency_key as id, k.digest, x.accepted_at
            from exchange_message x join message_key k on k.partner = x.partner and k.idempotency_key = x.idempotency_key
            where x.partner = ? and x.accepted_at >= ? and x.accepted_at < ?
            """;

    private final Pools.Door door;

    ManifestLists(Pools.Door door) {
        this.door = door;
    }

    static Instant start(LocalDate day) {
        return day.atStartOfDay(CaseTimes.SHANGHAI).toInstant();
    }

    static Instant end(LocalDate day) {
        return start(day.plusDays(1));
    }

    /** Whether nothing can be added to what was accepted on this day. */
    static boolean isOver(LocalDate day, Instant now) {
        return !now.isBefore(end(day).plus(SETTLING));
    }

    /** By which the next page is asked for. */
    static String place(Entry last) {
        return "%d-%s".formatted(ChronoUnit.MICROS.between(Instant.EPOCH, last.acceptedAt()), last.messageId());
    }

    /**
     * The messages of a day in the order in which they were accepted.
     *
     * @param after the place of the last entry of the page before, or empty
     * @return nothing when there is no such place
     */
    Optional<List<Entry>> page(String partner, Side side, LocalDate day, String after, int most) {
        Matcher place = PLACE.matcher(after);
        if (after.isEmpty()) {
            return Optional.of(page(partner, side, day, start(day), "", most));
        }
        if (!place.matches()) {
            return Optional.empty();
        }
        Instant from = Instant.EPOCH.plus(Long.parseLong(place.group(1)), ChronoUnit.MICROS);
        return Optional.of(page(partner, side, day, from, place.group(2), most));
    }

    private List<Entry> page(String partner, Side side, LocalDate day, Instant after, String last, int most) {
        boolean sent = side == Side.SENT;
        String rows = sent
                ? SENT
                        + " and (s.accepted_at, s.message_id) > (?::timestamptz, ?) order by s.accepted_at, s.message_id limit ?"
                : ACCEPTED
                        + " and (x.accepted_at, x.idempotency_key) > (?::timestamptz, ?) order by x.accepted_at, x.idempotency_key limit ?";
        String statement = "select m.*, " + STATE.formatted(sent ? FURTHEST : "", sent ? "sent" : "received")
                + " from (" + rows + ") m order by m.accepted_at, m.id";
        return door.sql()
                .query(
                        statement,
                        ManifestLists::entry,
                        partner,
                        CaseFiles.utc(start(day)),
                        CaseFiles.utc(end(day)),
                        CaseFiles.utc(after),
                        sent ? uuid(last) : last,
                        most);
    }

    private static UUID uuid(String text) {
        try {
            return text.isEmpty() ? new UUID(0, 0) : UUID.fromString(text);
        } catch (IllegalArgumentException another) {
            return new UUID(0, 0);
        }
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        String state = row.getString("state");
        return new Entry(
                row.getString("message_id"),
                row.getBytes("digest"),
                CaseFiles.instant(row, "accepted_at"),
                state == null ? EvidenceLadder.Kind.ACCEPTED.name() : state);
    }

    /** Row by row, however many there are. */
    Summary summary(String partner, Side side, LocalDate day) {
        MessageDigest digest = ContentDigest.begin("sha-256").orElseThrow();
        AtomicLong count = new AtomicLong();
        JdbcTemplate streaming = new JdbcTemplate(door.dataSource());
        streaming.setFetchSize(AT_ONCE);
        RowCallbackHandler add = row -> {
            digest.update(line(row.getString("message_id"), row.getBytes("digest")));
            count.incrementAndGet();
        };
        String statement = "select m.* from (%s) m order by m.message_id collate \"C\""
                .formatted(side == Side.SENT ? SENT : ACCEPTED);
        // The driver reads in steps only within a transaction; a day may take longer to sort than a person waits.
        door.transaction().executeWithoutResult(status -> {
            streaming.execute("set local statement_timeout = 0");
            streaming.query(statement, add, partner, CaseFiles.utc(start(day)), CaseFiles.utc(end(day)));
        });
        return new Summary(count.get(), digest.digest());
    }

    /** A message's line in the digest of a day. */
    static byte[] line(String messageId, byte[] digest) {
        return "%s %s\n".formatted(messageId, ContentDigest.field(digest)).getBytes(StandardCharsets.US_ASCII);
    }
}
