package org.shuniu.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.shuniu.notice.Notices;
import org.shuniu.partner.DeliveryPolicy;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.UnknownOutcome;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only scheduler: keeps a bounded window of each partner's due work in the broker.
 *
 * <p>It brings back what a lost broker held, what a dead process had claimed and what has waited for its time.
 */
public final class Redispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Redispatcher.class);
    private static final int LAPSED_AT_ONCE = 500;
    private static final String HELD =
            "select receiver, count(*) from delivery where state = 'pending' and sent_until >= now() group by receiver";
    private static final String UNSENT = """
            update delivery set sent_until = null
            where id = any(?::uuid[]) and state = 'pending' and claim_until is null
            """;
    private static final String WINDOW = """
            update delivery set sent_until = greatest(due_at, now()) + ? * interval '1 millisecond'
            where id in (select id from delivery where receiver = ? and state = 'pending' and not held
                    and claim_until is null and due_at <= now() + ? * interval '1 millisecond'
                    and (sent_until is null or sent_until < now())
                order by urgent desc, (lane_no is null), due_at, id limit ? for update skip locked)
            returning id, receiver, queue, attempt, extract(epoch from due_at - now()) * 1000 as wait, urgent, lane_no, due_at
            """;
    private static final String IN_ORDER =
            "with sent as (" + WINDOW + ") select * from sent order by urgent desc, (lane_no is null), due_at, id";
    private static final String PROBING =
            "select distinct partner from pause where reason in ('circuit', 'certificate') and until <= now()";
    private static final String PROBE = """
            with candidate as (select id from delivery where receiver = ? and state = 'pending' and not held
                    and claim_until is null and coalesce(not_before, '-infinity') <= now()
                    order by attempt, urgent desc, created_at limit 1),
                chosen as (update pause set until = now() + ? * interval '1 millisecond', probe = (select id from candidate)
                    where partner = ? and reason in ('circuit', 'certificate') and until <= now()
                        and exists (select 1 from candidate) and not exists (select 1 from pause other
                            where other.partner = ? and other.reason not in ('circuit', 'certificate'))
                        and not exists (select 1 from delivery under_way where under_way.id = pause.probe
                            and under_way.state = 'pending' and under_way.claim_until is not null)
                    returning probe)
            update delivery set due_at = now(), sent_until = now() + ? * interval '1 millisecond'
            where id in (select probe from chosen) returning id, receiver, queue, attempt, 0 as wait
            """;

    private final Pools.Door door;
    private final EventLog events;
    private final PartnerDirectory partners;
    private final DeliveryProperties settings;
    private final BrokerWindow window;
    private final Notices notices;
    private final Dispatcher dispatcher;
    private final OpeningTimes opening;
    private final LimitsInForce limits;
    private final Recoveries recoveries;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final RepeatedLook looks;
    private volatile ReceivedAnswers received;

    Redispatcher(
            Pools.Door door,
            EventLog events,
            PartnerDirectory partners,
            DeliveryProperties settings,
            BrokerWindow window,
            Notices notices,
            Dispatcher dispatcher,
            OpeningTimes opening,
            LimitsInForce limits) {
        this.door = door;
        this.events = events;
        this.partners = partners;
        this.settings = settings;
        this.window = window;
        this.notices = notices;
        this.dispatcher = dispatcher;
        this.opening = opening;
        this.limits = limits;
        this.looks = new RepeatedLook("redispatcher", settings::every, this::look);
        this.recoveries = new Recoveries(door.sql());
    }

    void sweeps(ReceivedAnswers answers) {
        received = answers;
    }

    public void start() {
        looks.start();
    }

    /** Asks for a look before its time. */
    public void wake() {
        looks.wake();
    }

    private void look() {
        if (Boolean.TRUE.equals(door.transaction().execute(status -> reopenLapsed()))) {
            wake();
        }
        opening.keep(door.sql());
        takeBackUnsent();
        Map<String, Integer> held = held();
        Set<String> probing = new HashSet<>(door.sql().queryForList(PROBING, String.class));
        for (Partner partner : partners.all()) {
            if (probing.contains(partner.id())) {
                probe(partner);
            }
            if (paused(partner.id())) {
                window.close(partner.id());
            } else {
                // Asked after the pause: both end in one transaction, and nothing is sent in the order before it.
                if (recoveries.goOn(partner.id())) {
                    wake();
                }
                window.open(partner.id(), held.getOrDefault(partner.id(), 0) + beyondRate(partner));
                fill(partner.id());
            }
        }
        if (received != null && received.sweep()) {
            wake();
        }
    }

    private void takeBackUnsent() {
        List<UUID> unsent = dispatcher.takeUnsent();
        if (!unsent.isEmpty()) {
            door.sql()
                    .update(UNSENT, (Object) unsent.stream().map(UUID::toString).toArray(String[]::new));
        }
    }

    private Map<String, Integer> held() {
        Map<String, Integer> held = new HashMap<>();
        door.sql().query(HELD, row -> {
            held.put(row.getString(1), row.getInt(2));
        });
        return held;
    }

    /**
     * A claim that ran out is an unknown outcome: ask, repeat with the same id, or leave it to a person.
     *
     * @return whether there may be more of them: after a backup was restored all that was not settled is one
     */
    private boolean reopenLapsed() {
        DeliveryStore deliveries = new DeliveryStore(door.sql());
        List<DeliveryStore.Lapsed> some = deliveries.lapsed(LAPSED_AT_ONCE);
        for (DeliveryStore.Lapsed lapsed : some) {
            // A partner whose folder is gone is nobody whom one could ask.
            Optional<DeliveryPolicy> policy = partners.find(lapsed.receiver()).map(Partner::delivery);
            UnknownOutcome unknown = policy.map(DeliveryPolicy::unknownOutcome).orElse(UnknownOutcome.NEITHER);
            Optional<Duration> delay = policy.flatMap(one -> one.delayAfter(lapsed.spent() + 1, random));
            if (unknown == UnknownOutcome.NEITHER || delay.isEmpty()) {
                deliveries.park(List.of(new DeliveryStore.Parking(
                        lapsed.id(), null, "outcome unknown: the claim lapsed", "hub", true, null)));
                notices.parked(List.of(lapsed.id()));
            } else {
                deliveries.reopen(lapsed.id(), delay.get(), unknown == UnknownOutcome.ASK, "the claim lapsed");
            }
            events.record(List.of(new CaseEvent(
                    java.time.Instant.now(),
                    lapsed.caseNo(),
                    null,
                    lapsed.id(),
                    "outcome-unknown",
                    lapsed.receiver(),
                    null,
                    unknown.name().toLowerCase(java.util.Locale.ROOT))));
        }
        return some.size() == LAPSED_AT_ONCE;
    }

    /**
     * While calls are stopped, one delivery at a time tries whether the partner is back: the one tried least, so that no
     * message which the partner can never answer keeps the others waiting.
     */
    private void probe(Partner partner) {
        long every = partner.delivery().circuit().probeEvery().toMillis();
        send(door.sql()
                .query(
                        PROBE,
                        Redispatcher::sending,
                        partner.id(),
                        every,
                        partner.id(),
                        partner.id(),
                        settings.sendLease().toMillis()));
    }

    private boolean paused(String partner) {
        return !door.sql()
                .queryForList("select 1 from pause where partner = ? limit 1", Integer.class, partner)
                .isEmpty();
    }

    /** Places of the window that the partner's rate cannot use before half a send lease is over. */
    private int beyondRate(Partner partner) {
        long half = Math.max(1, settings.sendLease().toSeconds() / 2);
        return limits.whole(partner)
                .rate()
                .map(rate -> (int) Math.max(0, settings.window() - rate.perSecond() * half))
                .orElse(0);
    }

    private void fill(String partner) {
        int places = window.takeAll(partner);
        List<Dispatcher.Sending> sendings = places == 0
                ? List.of()
                : door.sql()
                        .query(
                                IN_ORDER,
                                Redispatcher::sending,
                                settings.sendLease().toMillis(),
                                partner,
                                settings.soon().toMillis(),
                                places);
        window.giveBack(partner, places - sendings.size());
        send(sendings);
    }

    private void send(List<Dispatcher.Sending> sendings) {
        sendings.forEach(dispatcher::send);
    }

    private static Dispatcher.Sending sending(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        long wait = Math.max(0, row.getLong("wait"));
        return new Dispatcher.Sending(
                row.getObject("id", UUID.class),
                row.getString("receiver"),
                wait > 0 ? "retry" : row.getString("queue"),
                row.getInt("attempt"),
                wait,
                null);
    }

    @Override
    public void close() {
        looks.stop(Duration.ofSeconds(5));
    }
}
