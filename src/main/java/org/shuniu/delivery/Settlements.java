package org.shuniu.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.shuniu.enrichment.Enrichments;
import org.shuniu.followup.FollowUps;
import org.shuniu.joint.JointCases;
import org.shuniu.notice.Notices;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.DatabaseAway;
import org.shuniu.store.EventLog;
import org.shuniu.store.GroupCommit;
import org.shuniu.store.LineFull;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what attempts came to, in groups; an answer is kept in memory until it is recorded or its claim lapses. */
final class Settlements implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    private static final int LINE = 4_000;
    private static final int GROUP = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GATHERING = Duration.ofMillis(4);
    private static final Duration KEEP = Duration.ofMinutes(10);
    private static final long PAUSE_MILLIS = 500;

    private final Pools.Door door;
    private final EventLog events;
    private final PartnerDirectory partners;
    private final Vault vault;
    private final DeliveryProperties settings;
    private final BrokerWindow window;
    private final Circuits circuits;
    private final Clock clock;
    private final Notices notices;
    private final FollowUps followUps;
    private final Enrichments enrichments;
    private final JointCases joint;
    private final Dispatcher dispatcher;
    private final Consumer<SettledCounts> counted;
    private final UnansweredCommit unanswered;
    private final Runnable wake;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final GroupCommit<Settlement, Void> line;
    private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "settlement-again");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param dispatcher is handed what may travel, after the commit
     * @param counted is told what was recorded, after the commit
     * @param wake calls the redispatcher
     */
    Settlements(
            Pools.Door door,
            EventLog events,
            PartnerDirectory partners,
            Vault vault,
            DeliveryProperties settings,
            BrokerWindow window,
            Circuits circuits,
            Clock clock,
            Notices notices,
            FollowUps followUps,
            Enrichments enrichments,
            JointCases joint,
            Dispatcher dispatcher,
            Consumer<SettledCounts> counted,
            Runnable wake) {
        this.door = door;
        this.events = events;
        this.partners = partners;
        this.vault = vault;
        this.settings = settings;
        this.window = window;
        this.circuits = circuits;
        this.clock = clock;
        this.notices = notices;
        this.followUps = followUps;
        this.enrichments = enrichments;
        this.joint = joint;
        this.dispatcher = dispatcher;
        this.counted = counted;
        this.unanswered = new UnansweredCommit(door, counted);
        this.wake = wake;
        this.line = new GroupCommit<>("settlement-commit", LINE, GROUP, PATIENCE, GATHERING, this::commit);
    }

    /** On the hub's clock. */
    Instant now() {
        return clock.instant();
    }

    /**
     * Hands an outcome over to be recorded; waits only while too many wait already. What the database does not take is
     * kept and offered again: a final answer for {@code KEEP}, any other for as long as its claim can last.
     */
    public void settle(Settlement settlement) {
        long end = System.nanoTime() + hold(settlement).toNanos();
        while (!offer(settlement, end)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Too many outcomes wait to be recorded");
            }
            rest();
        }
    }

    private Duration hold(Settlement settlement) {
        return settlement.outcome() instanceof Outcome.Final ? KEEP : settings.claimMargin();
    }

    private boolean offer(Settlement settlement, long end) {
        try {
            line.submit(settlement).whenComplete((nothing, failure) -> {
                if (failure != null) {
                    offerAgain(settlement, end, failure);
                }
            });
            return true;
        } catch (LineFull full) {
            return false;
        }
    }

    private void offerAgain(Settlement settlement, long end, Throwable failure) {
        if (!DatabaseAway.mayPass(failure)) {
            unrecordable(settlement, end, failure);
        } else if (System.nanoTime() < end) {
            again.schedule(() -> retain(settlement, end, failure), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            LOG.warn("The outcome of delivery {} could not be recorded; its claim lapses", settlement.deliveryId());
        }
    }

    private void retain(Settlement settlement, long end, Throwable failure) {
        if (!offer(settlement, end)) {
            offerAgain(settlement, end, failure);
        }
    }

    /** What the database refuses must not be called for again and again: a person looks at it, and at the answer if that can be kept. */
    private void unrecordable(Settlement settlement, long end, Throwable failure) {
        LOG.error("The outcome of delivery {} cannot be recorded", settlement.deliveryId(), failure);
        String why =
                "the hub could not record the outcome: " + failure.getClass().getSimpleName();
        if (settlement.claim() != null && !settlement.isUnrecordable()) {
            offer(settlement.unrecordable(why), end);
        } else if (settlement.claim() != null && settlement.answer() != null) {
            offer(settlement.withoutAnswer(), end);
        }
    }

    private static void rest() {
        try {
            Thread.sleep(PAUSE_MILLIS / 10);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The hub stopped before an outcome was recorded");
        }
    }

    private List<Void> commit(List<Settlement> group) {
        unanswered.resolve();
        SettlementGroup written = door.transaction().execute(status -> {
            SettlementGroup work = new SettlementGroup(
                    new MessageStore(door.sql(), settings.sendLease().toSeconds(), window::take),
                    events,
                    new DeliveryStore(door.sql()),
                    new CaseFiles(door.sql()),
                    new Answers(door.sql(), vault),
                    new Enquiries(door.sql()),
                    vault,
                    partners,
                    random,
                    clock.instant(),
                    notices,
                    followUps,
                    enrichments,
                    joint);
            work.write(group);
            circuits.record(door.sql(), work.counts());
            unanswered.begin(work.counts());
            return work;
        });
        unanswered.answered();
        dispatcher.dispatch(written.travelling());
        dispatcher.goOn(written.goingOn());
        counted.accept(written.counts());
        if (written.leavesAny() || written.counts().recoveredAny()) {
            wake.run();
        }
        return new ArrayList<>(Collections.nCopies(group.size(), null));
    }

    @Override
    public void close() {
        line.close();
        again.shutdown();
    }
}
