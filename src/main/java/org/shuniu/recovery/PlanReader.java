package org.shuniu.recovery;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What operators see of recovery plans; ids, counts and reasons, never a document. */
public final class PlanReader {

    /**
     * What a plan would do.
     *
     * @param doubles deliveries whose receiver may have their effect already
     * @param seconds how long it takes at the throttle
     */
    public record Preview(
            int count,
            Map<String, Integer> receivers,
            Map<String, Integer> documents,
            Map<String, String> mappingVersions,
            int doubles,
            long seconds,
            List<UUID> sample,
            List<UUID> doublesSample) {}

    /**
     * How far a plan is.
     *
     * @param done deliveries that went out again
     * @param skipped deliveries that were no longer parked as they were when the plan was made
     * @param rate deliveries a second
     */
    public record Progress(int done, int skipped, int remaining, double rate, OffsetDateTime expectedEnd) {}

    /** A plan with its preview and its progress. */
    public record View(
            UUID id,
            String state,
            JsonNode filter,
            int perSecond,
            String versions,
            String madeBy,
            OffsetDateTime madeAt,
            String approvedBy,
            OffsetDateTime approvedAt,
            OffsetDateTime endedAt,
            String reason,
            String waits,
            Preview preview,
            Progress progress) {}

    /**
     * What has become of a plan's deliveries by now.
     *
     * @param outcomes of what was sent: delivered, refused, parked again, given up, still waiting
     * @param unsent what the plan has not sent yet, or will not any more
     * @param parkedAgain why, with how many
     */
    public record Report(
            UUID id,
            String state,
            int total,
            Map<String, Long> outcomes,
            Map<String, Map<String, Long>> byReceiver,
            int skipped,
            int unsent,
            Map<String, Long> parkedAgain) {}

    private static final int SAMPLE = 10;
    private static final int MOST_REASONS = 20;
    private static final int MOST_PLANS = 100;

    /** Plans on one page. */
    public static final int PAGE = 50;

    private static final Map<String, String> OUTCOMES = Map.of(
            "delivered", "delivered",
            "refused", "refused",
            "parked", "parkedAgain",
            "undeliverable", "givenUp",
            "pending", "stillWaiting");
    private static final String REPORT = """
            select d.receiver, d.state, count(*) as count from plan_delivery p join delivery d on d.id = p.delivery_id
            where p.plan_id = ? and p.state = 'sent' group by d.receiver, d.state order by d.receiver
            """;
    /** Each by its key, whatever the statistics say of how many are parked. */
    private static final String REASONS = """
            select coalesce(d.reason, 'unknown') as reason, count(*) as count
            from plan_delivery p
                cross join lateral (select state, reason from delivery where id = p.delivery_id offset 0) d
            where p.plan_id = ? and p.state = 'sent' and d.state = 'parked' group by 1 order by 2 desc limit ?
            """;

    private final JdbcTemplate sql;
    private final PlanStore plans;

    PlanReader(Pools.Door door) {
        this.sql = door.sql();
        this.plans = new PlanStore(door.sql());
    }

    List<View> newest() {
        return plans.newest(null, null, MOST_PLANS).stream().map(this::view).toList();
    }

    /**
     * One page, and one plan more where there are more.
     *
     * @param receivers whose plans, and of nobody beside; null for all
     * @param before of those that were made before this time, or null for the newest
     */
    public List<Plan> page(String @Nullable [] receivers, @Nullable OffsetDateTime before) {
        return plans.newest(receivers, before, PAGE + 1);
    }

    /** Cases of the first deliveries whose receiver may have their effect already. */
    public List<String> casesOfDoubles(UUID id) {
        return plans.sample(id, true, SAMPLE).stream()
                .map(PlanStore.Sampled::caseNo)
                .distinct()
                .toList();
    }

    /**
     * A plan; of the case numbers in its filter, how many they are.
     *
     * @throws SubmissionRefused when there is none
     */
    public View find(UUID id) {
        return view(plans.find(id).orElseThrow(RecoveryPlans::unknown));
    }

    /**
     * With its filter as it was asked for, however long it is.
     *
     * @throws SubmissionRefused when there is none
     */
    View whole(UUID id) {
        String filter = plans.filter(id).orElseThrow(RecoveryPlans::unknown);
        return view(plans.find(id).orElseThrow(RecoveryPlans::unknown), filter);
    }

    private View view(Plan plan) {
        return view(plan, plan.conditions());
    }

    private View view(Plan plan, String filter) {
        return new View(
                plan.id(),
                plan.state().word(),
                Json.MAPPER.readTree(filter),
                plan.perSecond(),
                plan.versions().word(),
                plan.madeBy(),
                plan.madeAt(),
                plan.approvedBy(),
                plan.approvedAt(),
                plan.endedAt(),
                plan.reason(),
                plan.waits(),
                preview(plan),
                progress(plan));
    }

    private Preview preview(Plan plan) {
        Map<String, Integer> receivers = new TreeMap<>();
        Map<String, Integer> documents = new TreeMap<>();
        Map<String, String> versions = new TreeMap<>();
        for (PlanStore.Share share : plans.shares(plan.id())) {
            receivers.merge(share.receiver(), share.total(), Integer::sum);
            documents.merge(share.document(), share.total(), Integer::sum);
            versions.put(share.receiver(), share.mappingVersion());
        }
        return new Preview(
                plan.total(),
                receivers,
                documents,
                versions,
                plan.doubles(),
                (plan.total() + plan.perSecond() - 1) / plan.perSecond(),
                ids(plans.sample(plan.id(), false, SAMPLE)),
                ids(plans.sample(plan.id(), true, SAMPLE)));
    }

    private static List<UUID> ids(List<PlanStore.Sampled> sample) {
        return sample.stream().map(PlanStore.Sampled::delivery).toList();
    }

    private static Progress progress(Plan plan) {
        double rate = plan.rate();
        double expected = rate > 0 ? rate : plan.perSecond();
        OffsetDateTime end = plan.state() == Plan.State.RUNNING
                ? OffsetDateTime.now().plus(Duration.ofMillis((long) (plan.remaining() * 1000.0 / expected)))
                : null;
        return new Progress(plan.sent(), plan.skipped(), plan.remaining(), Math.round(rate * 10) / 10.0, end);
    }

    /** @throws SubmissionRefused when there is no such plan */
    public Report report(UUID id) {
        Plan plan = plans.find(id).orElseThrow(RecoveryPlans::unknown);
        Map<String, Long> outcomes = new LinkedHashMap<>();
        List.of("delivered", "refused", "parkedAgain", "givenUp", "stillWaiting")
                .forEach(outcome -> outcomes.put(outcome, 0L));
        Map<String, Map<String, Long>> byReceiver = new TreeMap<>();
        sql.query(
                REPORT,
                row -> {
                    String outcome = OUTCOMES.get(row.getString("state"));
                    outcomes.merge(outcome, row.getLong("count"), Long::sum);
                    byReceiver
                            .computeIfAbsent(row.getString("receiver"), receiver -> new TreeMap<>())
                            .put(outcome, row.getLong("count"));
                },
                id);
        Map<String, Long> reasons = new LinkedHashMap<>();
        sql.query(
                REASONS,
                row -> {
                    reasons.put(row.getString("reason"), row.getLong("count"));
                },
                id,
                MOST_REASONS);
        return new Report(
                id, plan.state().word(), plan.total(), outcomes, byReceiver, plan.skipped(), plan.remaining(), reasons);
    }
}
