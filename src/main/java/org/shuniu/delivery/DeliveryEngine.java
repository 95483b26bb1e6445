package org.shuniu.delivery;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.channel.Reply;
import org.shuniu.enrichment.Enrichments;
import org.shuniu.followup.FollowUps;
import org.shuniu.joint.JointCases;
import org.shuniu.notice.Notices;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Delivery;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Puts the parts of delivery together and runs them: dispatcher, redispatcher, claims and settlements. */
public final class DeliveryEngine implements SmartLifecycle, AutoCloseable {

    /** Within which every process goes by a change of a partner's limits. */
    public static final Duration LIMITS_WITHIN = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);
    private static final String DEAD_CLAIMS =
            "update delivery set claim_until = now() where state = 'pending' and claim_until > now()";
    private static final String LEFT_BEHIND =
            "update delivery set sent_until = null where state = 'pending' and sent_until is not null";

    private final Pools.Door door;
    private final boolean alone;
    private final SharedConnection broker;
    private final BrokerMarker marker;
    private final BrokerWindow window;
    private final Dispatcher dispatcher;
    private final Redispatcher redispatcher;
    private final Claims claims;
    private final Settlements settlements;
    private final LimitsInForce limits;
    private final OpeningTimes opening;
    private final CallBudget budget;
    private volatile boolean running;

    /**
     * @param settled where the steps that settlements come to are written
     * @param others where all other steps are written
     * @param counted is told what was recorded, after the commit
     */
    public DeliveryEngine(
            Pools.Door door,
            EventLog settled,
            EventLog others,
            PartnerDirectory partners,
            DeliveryProperties settings,
            Vault vault,
            ConnectionFactory broker,
            Clock clock,
            WorkingCalendar calendar,
            Notices notices,
            FollowUps followUps,
            Enrichments enrichments,
            JointCases joint,
            Consumer<SettledCounts> counted) {
        Incarnation incarnation = new Incarnation(door.sql());
        this.door = door;
        this.alone = settings.alone();
        this.broker = new SharedConnection(broker);
        this.marker = new BrokerMarker(this.broker, incarnation);
        this.window = new BrokerWindow(settings.window());
        this.dispatcher = new Dispatcher(
                this.broker, incarnation, window, settings.bodyInMessage().toBytes());
        this.limits = new LimitsInForce(door.sql(), alone);
        this.opening = new OpeningTimes(partners, calendar, clock, settings.keepHours(), limits);
        this.budget = new CallBudget(partners, limits);
        this.redispatcher =
                new Redispatcher(door, others, partners, settings, window, notices, dispatcher, opening, limits);
        this.claims = new Claims(door, partners, settings.claimMargin(), incarnation, opening);
        this.settlements = new Settlements(
                door,
                settled,
                partners,
                vault,
                settings,
                window,
                new Circuits(partners),
                clock,
                notices,
                followUps,
                enrichments,
                joint,
                dispatcher,
                counted,
                redispatcher::wake);
    }

    /** Sends what was committed; never blocks. */
    public void dispatch(List<Delivery> deliveries) {
        dispatcher.dispatch(deliveries);
    }

    /** Asks for a look at what is due, and at what operators have changed. */
    public void wake() {
        limits.wake();
        redispatcher.wake();
    }

    /** Takes a place in the broker's window for a delivery that is about to be committed. */
    public boolean room(String receiver) {
        return window.take(receiver);
    }

    /** Whether calls of a partner wait for its rate now. */
    public boolean waitsForRate(String partner) {
        return budget.waitsForRate(partner);
    }

    /**
     * Calls a partner for something that is no delivery, within its rate and its number of calls at a time.
     *
     * @return nothing when it had no turn to give
     */
    public Optional<Reply> inTurn(Partner partner, Supplier<Reply> call) throws InterruptedException {
        if (!budget.take(partner, System.nanoTime() + partner.deadline().toNanos())) {
            return Optional.empty();
        }
        try {
            return Optional.of(call.get());
        } finally {
            budget.giveBack(partner);
        }
    }

    /** By which change of a partner's limits this process goes now, if by any. */
    public Optional<LimitChange> limitChange(String partner) {
        return Optional.ofNullable(limits.change(partner));
    }

    LimitsInForce limits() {
        return limits;
    }

    CallBudget budget() {
        return budget;
    }

    Claims claims() {
        return claims;
    }

    SharedConnection broker() {
        return broker;
    }

    BrokerWindow window() {
        return window;
    }

    Settlements settlements() {
        return settlements;
    }

    /** Lets the redispatcher read answers that were kept but never read. */
    public void sweeps(ReceivedAnswers received) {
        redispatcher.sweeps(received);
    }

    @Override
    public void start() {
        if (alone) {
            door.sql().update(DEAD_CLAIMS);
        }
        try {
            marker.mark(() -> {
                int left = door.sql().update(LEFT_BEHIND);
                LOG.info("The broker is new; {} deliveries that an earlier one held are sent again", left);
            });
        } catch (JMSException away) {
            LOG.warn(
                    "The broker does not answer; deliveries it may have lost wait for their lease: {}",
                    away.toString());
        }
        limits.start();
        opening.reportMissingYears();
        redispatcher.start();
        running = true;
    }

    /** The routes stop first: what they have claimed may still be settled. */
    @Override
    public void stop() {
        running = false;
        redispatcher.close();
        limits.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 2_000;
    }

    @Override
    public void close() {
        claims.close();
        settlements.close();
        dispatcher.close();
        broker.close();
    }
}
