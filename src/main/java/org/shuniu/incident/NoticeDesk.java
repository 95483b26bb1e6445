package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes what somebody outside is to be told, in the transaction in which it becomes so. */
final class NoticeDesk {

    static final String OPENED = "opened";
    static final String URGENT = "urgent";
    static final String CLOSED = "closed";

    /** Those that nobody outside was told of, or not that they have become urgent. */
    private static final String OPEN =
            "select * from incident where closed_at is null and told_open_at is null and %s order by id"
                    .formatted(IncidentKind.KNOWN);
    /** Those that somebody outside knows of, or will. */
    private static final String OVER = """
            select * from incident where closed_at is not null and told_close_at is null
                and (told_open_at is not null or notified_open_at is not null) and %s order by id
            """.formatted(IncidentKind.KNOWN);

    private static final String WRITE = """
            insert into incident_notice (id, channel, kind, incidents, body, made_at, due_at) values (?, ?, ?, ?, ?, ?, ?)
            """;
    /** Of these incidents, those whose opening the channel was told, or will be. */
    private static final String BEGUN = """
            select i from unnest(?::bigint[]) i where exists (select 1 from incident_notice n
                where n.channel = ? and n.kind = 'opened' and n.incidents @> array[i])
            """;

    private static final String LATELY = """
            select exists (select 1 from incident_notice where made_at > ? and kind = ?)
            """;
    private static final String URGENT_NOW = """
            update incident_notice n set due_at = ? where n.sent_at is null and n.given_up_at is null and n.due_at > ?
                and n.tries = 0 and exists (select 1 from incident i where i.id = any(n.incidents) and i.urgent)
            """;

    private final JdbcTemplate sql;
    private final List<Channel> channels;
    private final NoticeWords words;
    private final QuietHours quiet;
    private final int flood;
    private final Duration together;

    /**
     * @param sql on the data source of the callers' transactions
     * @param flood how many open incidents are told one by one
     * @param together how far apart notices of many are
     */
    NoticeDesk(
            JdbcTemplate sql,
            List<Channel> channels,
            NoticeWords words,
            QuietHours quiet,
            int flood,
            Duration together) {
        this.sql = sql;
        this.channels = List.copyOf(channels);
        this.words = words;
        this.quiet = quiet;
        this.flood = flood;
        this.together = together;
    }

    /**
     * Each incident is told once when it opens, and once when it is over; many are told together. One that becomes urgent after
     * somebody was told is told as such, once. Who was not told of the beginning hears nothing of the rest.
     */
    void write(int open, Instant now) {
        if (channels.isEmpty()) {
            return;
        }
        Map<Boolean, List<Incident>> opened = sql.query(OPEN, IncidentStore::read).stream()
                .collect(Collectors.partitioningBy(incident -> incident.notifiedOpenAt() != null));
        List<Incident> over = sql.query(OVER, IncidentStore::read);
        boolean floods = open + over.size() > flood;
        write(OPENED, opened.getOrDefault(false, List.of()), floods, now);
        write(URGENT, opened.getOrDefault(true, List.of()), floods, now);
        write(CLOSED, over, floods, now);
        // What became urgent while it waited for the morning does not wait any longer.
        sql.update(URGENT_NOW, CaseFiles.utc(now), CaseFiles.utc(now));
    }

    private void write(String kind, List<Incident> incidents, boolean floods, Instant now) {
        if (incidents.isEmpty()) {
            return;
        }
        if (!floods) {
            incidents.forEach(incident -> write(kind, List.of(incident), now));
        } else if (!Boolean.TRUE.equals(
                sql.queryForObject(LATELY, Boolean.class, CaseFiles.utc(now.minus(together)), kind))) {
            write(kind, incidents, now);
        }
    }

    private void write(String kind, List<Incident> incidents, Instant now) {
        Long[] ids = ids(incidents);
        channels.forEach(channel -> write(channel, kind, concerned(channel, kind, incidents), now));
        String told = kind.equals(CLOSED) ? "told_close_at" : "told_open_at";
        sql.update("update incident set %s = ? where id = any(?)".formatted(told), CaseFiles.utc(now), ids);
    }

    private List<Incident> concerned(Channel channel, String kind, List<Incident> incidents) {
        if (kind.equals(OPENED)) {
            return incidents;
        }
        List<Long> begun = sql.queryForList(BEGUN, Long.class, ids(incidents), channel.name());
        return incidents.stream()
                .filter(incident -> begun.contains(incident.id()))
                .toList();
    }

    private void write(Channel channel, String kind, List<Incident> incidents, Instant now) {
        if (!incidents.isEmpty()) {
            UUID id = UUID.randomUUID();
            String body = channel.body(words, new NoticeWords.News(id, kind, incidents, now));
            Instant due = incidents.stream().anyMatch(Incident::urgent) ? now : quiet.after(now);
            sql.update(WRITE, id, channel.name(), kind, ids(incidents), body, CaseFiles.utc(now), CaseFiles.utc(due));
        }
    }

    private static Long[] ids(List<Incident> incidents) {
        return incidents.stream().map(Incident::id).toArray(Long[]::new);
    }
}
