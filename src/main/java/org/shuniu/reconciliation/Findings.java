package org.shuniu.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.springframework.jdbc.core.JdbcTemplate;

/** What does not agree, by its ids; every method runs in its caller's transaction. */
final class Findings {

    /**
     * One of them.
     *
     * @param settledAt when the hub had the partner's word, or null where it has none
     * @param state how far the partner says that it is, where nobody's signed word for that is here
     */
    record Finding(
            Judgement judgement,
            String messageId,
            @Nullable UUID deliveryId,
            @Nullable String caseNo,
            String detail,
            @Nullable Instant settledAt,
            @Nullable String state) {

        Finding(
                Judgement judgement,
                String messageId,
                @Nullable UUID deliveryId,
                @Nullable String caseNo,
                String detail,
                @Nullable Instant settledAt) {
            this(judgement, messageId, deliveryId, caseNo, detail, settledAt, null);
        }
    }

    /** One that was asked for again and is found once more is as good as new. */
    private static final String NAME = """
            insert into reconciliation_finding as f (partner, day, kind, message_id, delivery_id, case_no, detail, state)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (partner, day, kind, message_id) do update set requested_at = null, requested_by = null,
                healed_at = null, found_at = now() where f.requested_at < ?::timestamptz
            """;

    private static final String HEAL = """
            update reconciliation_finding f set healed_at = now() where f.partner = ? and f.healed_at is null
                and (f.kind = 'lost' and exists (select 1 from reconciliation_line l
                        where l.partner = f.partner and l.message_id = f.message_id)
                    or f.kind = 'late' and exists (select 1 from case_file c
                        where c.case_no = f.case_no and c.result_id is not null)
                    or f.kind = 'unrecorded' and exists (select 1 from delivery d
                        where d.id = f.delivery_id and d.state in ('delivered', 'refused'))
                    or f.kind = 'unreceived' and exists (select 1 from message_key k
                        where k.partner = f.partner and k.idempotency_key = f.message_id)
                    or f.state is not null and exists (select 1 from exchange_evidence e
                        where e.partner = f.partner and e.direction in ('received', 'sent')
                            and e.message_id = f.message_id and e.kind = f.state))
            """;

    private final JdbcTemplate sql;
    private final EventLog events;

    Findings(JdbcTemplate sql, EventLog events) {
        this.sql = sql;
        this.events = events;
    }

    /** Names them, each once a report. */
    void name(String partner, LocalDate day, List<Finding> findings, Instant now) {
        List<CaseEvent> news = findings.stream()
                .filter(finding -> isNews(partner, day, finding))
                .map(finding -> event(partner, finding, now))
                .toList();
        if (!news.isEmpty()) {
            events.record(news);
        }
    }

    private boolean isNews(String partner, LocalDate day, Finding finding) {
        return sql.update(
                        NAME,
                        partner,
                        day,
                        finding.judgement().word(),
                        finding.messageId(),
                        finding.deliveryId(),
                        finding.caseNo(),
                        finding.detail(),
                        finding.state(),
                        CaseFiles.utc(finding.settledAt()))
                == 1;
    }

    private static CaseEvent event(String partner, Finding finding, Instant now) {
        return new CaseEvent(
                now,
                finding.caseNo(),
                null,
                finding.deliveryId(),
                "found-" + finding.judgement().word(),
                partner,
                null,
                finding.messageId());
    }

    /** What agrees by now. */
    void heal(String partner) {
        sql.update(HEAL, partner);
    }
}
