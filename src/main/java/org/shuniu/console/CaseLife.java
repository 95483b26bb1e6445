package org.shuniu.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.AuditSearch;
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
     * @param evidence the place of its line in the evidence: chain and number; null of what people did and cases do not record
     * @param hash of that line
     * @param act what a person did here, or null
     */
    record Step(
            Instant at,
            String kind,
            @Nullable String partner,
            @Nullable String status,
            @Nullable String detail,
            @Nullable String messageId,
            @Nullable String deliveryId,
            @Nullable String evidence,
            @Nullable String hash,
            AuditLog.@Nullable Entry act) {

        Step by(AuditLog.@Nullable Entry person) {
            return new Step(at, kind, partner, status, detail, messageId, deliveryId, evidence, hash, person);
        }
    }

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
    private static final String STEPS_OF = """
            select e.*, c.name as chain_name from event e join chain c on c.id = e.chain
            where e.case_no = ? and (e.delivery_id = ?::uuid or e.message_id = ?::uuid) order by e.at, e.id limit ?
            """;
    /** Who looked is for those who may read the audit. */
    private static final Set<String> LOOKS = Set.of("looked-at-body", "looked-at-body-refused");

    private static final String DELIVERIES = "select * from delivery where case_no = ? order by id limit ?";

    private final JdbcTemplate sql;
    private final WaitingReader waiting;
    private final TimeLimits limits;
    private final AuditSearch audit;

    CaseLife(JdbcTemplate sql, WaitingReader waiting, TimeLimits limits, AuditSearch audit) {
        this.audit = audit;
        this.sql = sql;
        this.waiting = waiting;
        this.limits = limits;
    }

    /**
     * @param looks whether who looked at what is told as well
     * @param sees what people did to deliveries of these receivers alone is told
     */
    Life of(String caseNo, boolean looks, Predicate<String> sees) {
        CaseFile file = new CaseFiles(sql).find(caseNo).orElseThrow(NotHere::new);
        List<Step> steps = sql.query(STEPS, CaseLife::step, caseNo, MOST);
        List<Delivered> deliveries = deliveries(caseNo);
        return new Life(
                file,
                withActs(caseNo, steps, deliveries, looks, sees),
                deliveries,
                limits.describe(caseNo),
                Turn.of(file, deliveries));
    }

    /** What happened to one message on its way to one receiver. */
    List<Step> stepsOf(String caseNo, String delivery, String message) {
        return sql.query(STEPS_OF, CaseLife::step, caseNo, delivery, message, MOST);
    }

    /** What people did stands with the step that it was, or as a step of its own. */
    private List<Step> withActs(
            String caseNo, List<Step> steps, List<Delivered> deliveries, boolean looks, Predicate<String> sees) {
        Set<String> targets = new HashSet<>(Set.of(caseNo));
        steps.stream().map(Step::messageId).filter(Objects::nonNull).forEach(targets::add);
        deliveries.forEach(delivery -> targets.addAll(List.of(delivery.id(), delivery.messageId())));
        Set<String> others = deliveries.stream()
                .filter(delivery -> !sees.test(delivery.receiver()))
                .map(Delivered::id)
                .collect(Collectors.toSet());
        List<AuditLog.Entry> acts = audit.about(targets, MOST).stream()
                .filter(act -> looks || !LOOKS.contains(act.action()))
                .filter(act -> !others.contains(act.target()))
                .sorted(Comparator.comparing(AuditLog.Entry::at).thenComparing(AuditLog.Entry::seq))
                .collect(Collectors.toCollection(ArrayList::new));
        List<Step> all = new ArrayList<>();
        for (Step step : steps) {
            AuditLog.Entry act = acts.stream()
                    .filter(one -> one.action().equals(step.kind())
                            && (one.target().equals(step.deliveryId())
                                    || one.target().equals(step.messageId())))
                    .findFirst()
                    .orElse(null);
            acts.remove(act);
            all.add(step.by(act));
        }
        acts.forEach(act -> all.add(new Step(act.at(), act.action(), null, null, null, null, null, null, null, act)));
        // A stable order: steps of one moment stay as they were written.
        all.sort(Comparator.comparing(Step::at));
        return all;
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
                row.getString("delivery_id"),
                row.getString("chain_name") + " #" + row.getLong("seq"),
                HexFormat.of().formatHex(row.getBytes("hash")),
                null);
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
