package org.shuniu.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.controlbus.Waiting;
import org.shuniu.controlbus.WaitingReader;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.timelimit.TimeLimits;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole life of a case: its steps with their evidence, its deliveries, its time limit, and whose turn it is. */
final class CaseLife {

    /**
     * One step.
     *
     * @param evidence the place of its line in the evidence: chain and number
     * @param hash of that line
     */
    record Step(
            Instant at,
            String kind,
            @Nullable String partner,
            @Nullable String status,
            @Nullable String detail,
            @Nullable String messageId,
            String evidence,
            String hash) {}

    /** One delivery; {@code waiting} says why it is not there yet, and is null when it is settled. */
    record Delivered(
            String id,
            String messageId,
            String document,
            String receiver,
            String state,
            int attempts,
            @Nullable String reason,
            @Nullable String fault,
            Instant openedAt,
            @Nullable Instant settledAt,
            @Nullable Waiting waiting) {}

    /** All of it. */
    record Life(CaseFile file, List<Step> steps, List<Delivered> deliveries, Map<String, Object> limit, Turn turn) {}

    private static final int MOST = 2_000;
    private static final String STEPS = """
            select e.*, c.name as chain_name from event e join chain c on c.id = e.chain where e.case_no = ?
            order by e.at, e.id limit ?
            """;
    private static final String DELIVERIES = "select * from delivery where case_no = ? order by id limit ?";

    private final JdbcTemplate sql;
    private final WaitingReader waiting;
    private final TimeLimits limits;

    CaseLife(JdbcTemplate sql, WaitingReader waiting, TimeLimits limits) {
        this.sql = sql;
        this.waiting = waiting;
        this.limits = limits;
    }

    Life of(String caseNo) {
        CaseFile file = new CaseFiles(sql).find(caseNo).orElseThrow(NotHere::new);
        List<Step> steps = sql.query(STEPS, CaseLife::step, caseNo, MOST);
        List<Delivered> deliveries = deliveries(caseNo);
        return new Life(file, steps, deliveries, limits.describe(caseNo), Turn.of(file, deliveries));
    }

    private List<Delivered> deliveries(String caseNo) {
        List<Delivered> settled = sql.query(DELIVERIES, (row, number) -> delivered(row, null), caseNo, MOST);
        Map<String, Waiting> waits = settled.stream()
                .filter(delivery -> delivery.state().equals("pending"))
                .map(Delivered::messageId)
                .distinct()
                .map(UUID::fromString)
                .map(waiting::ofMessage)
                .flatMap(Collection::stream)
                .collect(Collectors.toMap(Waiting::deliveryId, Function.identity(), (one, same) -> one));
        return settled.stream()
                .map(delivery -> waits.containsKey(delivery.id()) ? with(delivery, waits.get(delivery.id())) : delivery)
                .toList();
    }

    private static Delivered with(Delivered of, Waiting waits) {
        return new Delivered(
                of.id(),
                of.messageId(),
                of.document(),
                of.receiver(),
                of.state(),
                of.attempts(),
                of.reason(),
                waits.fault(),
                of.openedAt(),
                of.settledAt(),
                waits);
    }

    private static Step step(ResultSet row, int number) throws SQLException {
        return new Step(
                CaseFiles.instant(row, "at"),
                row.getString("kind"),
                row.getString("partner"),
                row.getString("status"),
                row.getString("detail"),
                row.getString("message_id"),
                row.getString("chain_name") + " #" + row.getLong("seq"),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }

    static Delivered delivered(ResultSet row, @Nullable Waiting waits) throws SQLException {
        return new Delivered(
                row.getString("id"),
                row.getString("message_id"),
                row.getString("document"),
                row.getString("receiver"),
                row.getString("state"),
                row.getInt("attempt"),
                row.getString("reason"),
                row.getString("fault"),
                CaseFiles.instant(row, "created_at"),
                CaseFiles.instant(row, "settled_at"),
                waits);
    }
}
