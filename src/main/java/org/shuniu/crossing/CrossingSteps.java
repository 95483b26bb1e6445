package org.shuniu.crossing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Delivery;
import org.shuniu.store.EventFollower;
import org.shuniu.store.EventLog;
import org.shuniu.store.Json;
import org.shuniu.store.MessageStore;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps whose turn it is in the cases that two regions share, and tells the other hub the steps that it does not hear otherwise,
 * each in the transaction that makes it true.
 *
 * <p>Documents {@code step} go to the hub that decides, {@code progress} to the one that handed the case in.
 */
public final class CrossingSteps implements EventFollower {

    /** A step as the other hub is told it. */
    private record Step(
            Instant at,
            String event,
            @Nullable String status,
            @Nullable String waybill) {

        /** The database keeps microseconds. */
        boolean isSame(Step other) {
            return event.equals(other.event)
                    && Objects.equals(status, other.status)
                    && Objects.equals(waybill, other.waybill)
                    && Duration.between(at, other.at).abs().compareTo(MOMENT) < 0;
        }
    }

    private record Seen(CaseFile file, @Nullable LocalDate limit) {}

    private static final Duration MOMENT = Duration.ofMillis(1);
    /** The hub speaks itself. */
    private static final String HUB = "hub";

    private static final String STATUS = "status";
    private static final String ROUTED = "routed";
    private static final String PAPER = "paper-";
    /** Channel 1 of GB/T 39046 A.5, and the ways of set {@code delta-mode} of case-status.csv. */
    private static final String COUNTER = "1";

    private static final String ONLINE = "1";
    private static final String RECEIVED_ELSEWHERE = "2";
    private static final String SEVERAL_OFFICES = "3";

    private static final String FOUND = """
            select c.*, l.due_on as limit_day from case_file c left join time_limit l on l.case_no = c.case_no
                left join case_crossing x on x.case_no = c.case_no
            where c.case_no = any(?) and (c.sender = any(?) or c.receiver = any(?) or c.case_no = any(?)
                or x.case_no is not null) order by c.case_no
            """;
    private static final String BEFORE = """
            select at, kind, status, partner, detail from event
            where case_no = ? and (kind = 'status' or kind like 'paper-%') order by id
            """;

    private final JdbcTemplate sql;
    private final Crossings crossings;
    private final MessageStore store;
    private final PartnerDirectory partners;
    private final Vault vault;
    private final Clock clock;

    /** @param sql on the connections of the transactions in which steps are logged */
    public CrossingSteps(JdbcTemplate sql, PartnerDirectory partners, Vault vault, Clock clock) {
        this.sql = sql;
        this.crossings = new Crossings(sql);
        this.store = new MessageStore(sql);
        this.partners = partners;
        this.vault = vault;
        this.clock = clock;
    }

    private Set<String> regions() {
        return partners.all().stream()
                .filter(Partner::isRegion)
                .map(Partner::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public EventLog following(EventLog log) {
        return events -> {
            log.record(events);
            follow(events);
        };
    }

    private void follow(Collection<CaseEvent> events) {
        Map<String, List<CaseEvent>> byCase = new TreeMap<>();
        events.stream()
                .filter(event ->
                        event.caseNo() != null && (event.status() != null || ofPaper(event) || ofRegion(event)))
                .forEach(event -> byCase.computeIfAbsent(event.caseNo(), none -> new ArrayList<>())
                        .add(event));
        byCase.values().removeIf(life -> life.stream().noneMatch(this::mayBeShared));
        Set<String> regions = byCase.isEmpty() ? Set.of() : regions();
        if (regions.isEmpty()) {
            return;
        }
        String[] known = regions.toArray(String[]::new);
        String[] sent = byCase.values().stream()
                .flatMap(List::stream)
                .filter(event -> ROUTED.equals(event.kind()) && ofRegion(event))
                .map(CaseEvent::caseNo)
                .toArray(String[]::new);
        sql.query(FOUND, CrossingSteps::seen, byCase.keySet().toArray(String[]::new), known, known, sent)
                .forEach(seen -> follow(seen, byCase.get(seen.file().caseNo())));
    }

    /** What was just taken in, and names no region, is no such case, and need not be looked up. */
    private boolean mayBeShared(CaseEvent event) {
        return event.deliveryId() != null || ofPaper(event) || ofRegion(event);
    }

    private boolean ofRegion(CaseEvent event) {
        return partners.find(event.partner()).filter(Partner::isRegion).isPresent();
    }

    private static boolean ofPaper(CaseEvent event) {
        return event.kind().startsWith(PAPER);
    }

    private static Seen seen(ResultSet row, int number) throws SQLException {
        return new Seen(CaseFiles.read(row, number), row.getObject("limit_day", LocalDate.class));
    }

    private void follow(Seen seen, List<CaseEvent> events) {
        Instant now = clock.instant();
        Optional<Crossing> kept = crossings.find(seen.file().caseNo());
        Crossing before = kept.orElseGet(() -> begun(seen.file(), events, now));
        boolean handedOver = before.shared()
                || events.stream()
                        .anyMatch(event ->
                                ROUTED.equals(event.kind()) && before.region().equals(event.partner()));
        Crossing after = moved(before, seen.file(), seen.limit(), handedOver, now);
        if (kept.filter(after::equals).isEmpty()) {
            crossings.keep(after);
        }
        if (handedOver && after.way() != null) {
            tell(after, steps(before, events), !after.turn().equals(before.turn()) || dueChanged(before, after));
        }
    }

    private Crossing begun(CaseFile file, List<CaseEvent> events, Instant now) {
        boolean ours = partners.find(file.sender()).filter(Partner::isRegion).isEmpty();
        String way = joint(file) ? SEVERAL_OFFICES : COUNTER.equals(file.channel()) ? RECEIVED_ELSEWHERE : ONLINE;
        String other = events.stream()
                .filter(event -> ROUTED.equals(event.kind()) && ofRegion(event))
                .map(CaseEvent::partner)
                .findFirst()
                .orElse(file.receiver());
        return new Crossing(
                file.caseNo(),
                ours ? other : file.sender(),
                ours,
                ours ? way : null,
                null,
                null,
                !ours,
                new Turn(Turn.Holder.NOBODY, true, null),
                now,
                null,
                null,
                null,
                null);
    }

    private boolean joint(CaseFile file) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select 1 from case_part where case_no = ?)", Boolean.class, file.caseNo()));
    }

    /** Whose turn it is by where the case stands; the time limit is that of the side that decides. */
    static Crossing moved(Crossing before, CaseFile file, @Nullable LocalDate limit, boolean shared, Instant now) {
        Turn turn = Turn.of(file, before.ours(), before.region(), before.theirOffice());
        LocalDate due = turn.holder() != Turn.Holder.OFFICE
                ? null
                : !turn.here() && before.theirDueOn() != null ? before.theirDueOn() : limit;
        return before.at(turn, due, shared, now);
    }

    private static boolean dueChanged(Crossing before, Crossing after) {
        return !Objects.equals(before.dueOn(), after.dueOn());
    }

    /**
     * When the case is handed over, all that was before; a later status of the side that decides travels by itself. Of what this
     * transaction records some may be in the database already.
     */
    private List<Step> steps(Crossing before, List<CaseEvent> events) {
        List<Step> steps = new ArrayList<>(
                before.ours() && !before.shared()
                        ? sql.query(BEFORE, CrossingSteps::step, before.caseNo())
                        : List.of());
        events.stream()
                .filter(event -> !ofRegion(event) && (ofPaper(event) || STATUS.equals(event.kind())))
                .filter(event -> before.ours() || ofPaper(event) || event.deliveryId() == null)
                .map(event -> new Step(event.at(), event.kind(), event.status(), event.detail()))
                .filter(step -> steps.stream().noneMatch(step::isSame))
                .forEach(steps::add);
        return steps;
    }

    private static Step step(ResultSet row, int number) throws SQLException {
        return new Step(
                CaseFiles.instant(row, "at"), row.getString("kind"), row.getString("status"), row.getString("detail"));
    }

    private void tell(Crossing crossing, List<Step> steps, boolean turned) {
        String document = crossing.ours() ? "step" : "progress";
        boolean takesTurn = turned
                && crossing.turn().here()
                && (crossing.ours()
                        ? SEVERAL_OFFICES.equals(crossing.way())
                        : crossing.turn().holder() == Turn.Holder.OFFICE);
        if (steps.isEmpty() && !takesTurn
                || partners.find(crossing.region())
                        .filter(partner -> partner.operations().containsKey(document))
                        .isEmpty()) {
            return;
        }
        UUID id = TimeOrderedId.next();
        Instant now = clock.instant();
        byte[] body = Json.bytes(body(crossing, steps, now));
        StoredMessage message = new StoredMessage(
                id,
                HUB,
                document,
                crossing.caseNo(),
                null,
                vault.seal(body, "message.body", id),
                StoredMessage.digestOf(body),
                now,
                null);
        store.save(List.of(message));
        store.open(List.of(Delivery.of(message, crossing.region(), crossing.ours() ? Delivery.WORK : Delivery.RETURN)));
    }

    private static ObjectNode body(Crossing crossing, List<Step> steps, Instant now) {
        ObjectNode body = Json.object();
        ArrayNode told = body.putArray("steps");
        for (Step step : steps) {
            ObjectNode one =
                    told.addObject().put("at", CaseTimes.dateTime(step.at())).put("event", step.event());
            if (step.status() != null) {
                one.put(STATUS, step.status());
            }
            if (step.event().startsWith(PAPER) && step.waybill() != null) {
                one.put("waybillNo", step.waybill());
            }
        }
        if (crossing.turn().here()) {
            ObjectNode turn = body.putObject("turn")
                    .put("holder", crossing.turn().holder().word())
                    .put("since", CaseTimes.dateTime(crossing.since()))
                    .put("saidAt", CaseTimes.dateTime(now));
            if (crossing.turn().office() != null) {
                turn.put("office", crossing.turn().office());
            }
            if (crossing.dueOn() != null) {
                turn.put("dueOn", crossing.dueOn().toString());
            }
        }
        return body;
    }
}
