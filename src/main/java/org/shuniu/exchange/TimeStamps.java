package org.shuniu.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.timestamp.StampedLines;

/** The time-stamps over the exchange's chains, as they are kept. */
final class TimeStamps {

    /**
     * A chain that has grown since its last stamp.
     *
     * @param stamped its last line that has a stamp
     * @param last when that was made, or null
     * @param since when the first line came that has none
     */
    record Waiting(
            EvidenceLadder.Chain chain,
            long stamped,
            long seq,
            @Nullable Instant last,
            Instant since) {}

    /** A stamp as it is kept. */
    record Kept(StampedLines lines, byte[] stamped, byte[] answer) {}

    private static final String WAITING = """
            select c.partner, c.direction, c.seq, coalesce(t.to_seq, 0) as stamped, t.made_at, e.at
            from exchange_chain c
            left join lateral (select s.to_seq, s.made_at from exchange_time_stamp s
                where s.partner = c.partner and s.direction = c.direction order by s.to_seq desc limit 1) t on true
            join exchange_evidence e on e.partner = c.partner and e.direction = c.direction
                and e.seq = coalesce(t.to_seq, 0) + 1
            order by c.partner, c.direction
            """;
    private static final String HASHES = """
            select hash from exchange_evidence where partner = ? and direction = ? and seq between ? and ? order by seq
            """;
    private static final String KEEP = """
            insert into exchange_time_stamp (partner, direction, from_seq, to_seq, stamped, answer, stamped_at, made_at)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """;
    private static final String OF_LINE = """
            select from_seq, to_seq, stamped, answer from exchange_time_stamp
            where partner = ? and direction = ? and to_seq >= ? order by to_seq limit 1
            """;

    private final Pools.Door door;
    private final EventLog events;

    /** @param events in transactions of the same door */
    TimeStamps(Pools.Door door, EventLog events) {
        this.door = door;
        this.events = events;
    }

    List<Waiting> waiting() {
        return door.sql()
                .query(
                        WAITING,
                        (row, number) -> new Waiting(
                                new EvidenceLadder.Chain(
                                        row.getString("partner"),
                                        EvidenceLadder.Direction.valueOf(
                                                row.getString("direction").toUpperCase(Locale.ROOT))),
                                row.getLong("stamped"),
                                row.getLong("seq"),
                                CaseFiles.instant(row, "made_at"),
                                CaseFiles.instant(row, "at")));
    }

    StampedLines lines(EvidenceLadder.Chain chain, long from, long to) {
        List<byte[]> hashes = door.sql()
                .queryForList(
                        HASHES, byte[].class, chain.partner(), chain.direction().word(), from, to);
        if (hashes.size() != to - from + 1) {
            throw new IllegalStateException("Lines are missing in a chain of the exchange; run verify");
        }
        return new StampedLines(chain.partner(), chain.direction().word(), from, hashes);
    }

    /** Keeps a stamp that was checked; of two processes' the first counts. */
    void keep(StampedLines lines, byte[] answer, Instant stampedAt, Instant now) {
        door.transaction().executeWithoutResult(status -> {
            int kept = door.sql()
                    .update(
                            KEEP,
                            lines.partner(),
                            lines.direction(),
                            lines.from(),
                            lines.to(),
                            lines.bytes(),
                            answer,
                            CaseFiles.utc(stampedAt),
                            CaseFiles.utc(now));
            if (kept == 1) {
                events.record(List.of(new CaseEvent(
                        now,
                        null,
                        null,
                        null,
                        StampedLines.KIND,
                        lines.partner(),
                        null,
                        lines.detail(),
                        StoredMessage.digestOf(answer))));
            }
        });
    }

    /** The stamp that holds this line, once there is one. */
    Optional<Kept> of(EvidenceLadder.Chain chain, long seq) {
        return door
                .sql()
                .query(
                        OF_LINE,
                        (row, number) -> new Kept(
                                lines(chain, row.getLong("from_seq"), row.getLong("to_seq")),
                                row.getBytes("stamped"),
                                row.getBytes("answer")),
                        chain.partner(),
                        chain.direction().word(),
                        seq)
                .stream()
                .findFirst();
    }
}
