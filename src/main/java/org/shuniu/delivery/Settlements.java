package org.shuniu.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Delivery;
import org.shuniu.store.GroupCommit;
import org.shuniu.store.LineFull;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Records what attempts came to, in groups; an answer is kept in memory until it is recorded or its claim lapses. */
public final class Settlements implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    private static final int LINE = 4_000;
    private static final int GROUP = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 500;

    private final Pools.Door door;
    private final PartnerDirectory partners;
    private final Vault vault;
    private final DeliveryProperties settings;
    private final Circuits circuits;
    private final Clock clock;
    private final Consumer<List<Delivery>> dispatch;
    private final Consumer<SettledCounts> counted;
    private final Runnable wake;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final GroupCommit<Settlement, Void> line;

    /**
     * @param dispatch is handed what may travel, after the commit
     * @param counted is told what was recorded, after the commit
     * @param wake calls the redispatcher
     */
    public Settlements(
            Pools.Door door,
            PartnerDirectory partners,
            Vault vault,
            DeliveryProperties settings,
            Circuits circuits,
            Clock clock,
            Consumer<List<Delivery>> dispatch,
            Consumer<SettledCounts> counted,
            Runnable wake) {
        this.door = door;
        this.partners = partners;
        this.vault = vault;
        this.settings = settings;
        this.circuits = circuits;
        this.clock = clock;
        this.dispatch = dispatch;
        this.counted = counted;
        this.wake = wake;
        this.line = new GroupCommit<>("settlement-commit", LINE, GROUP, PATIENCE, this::commit);
    }

    /** Called by the delivery routes; returns after the commit. */
    public void settle(Settlement settlement) {
        Duration hold = settlement.claim() == null ? PATIENCE : settings.claimMargin();
        long end = System.nanoTime() + hold.toNanos();
        while (true) {
            try {
                line.commit(settlement);
                return;
            } catch (LineFull | DataAccessException | TransactionException away) {
                if (System.nanoTime() > end) {
                    throw away;
                }
                LOG.warn("The outcome of delivery {} waits for the database", settlement.deliveryId());
                rest(away);
            }
        }
    }

    private static void rest(RuntimeException reason) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    private List<Void> commit(List<Settlement> group) {
        SettlementGroup written = door.transaction().execute(status -> {
            SettlementGroup work = new SettlementGroup(
                    new MessageStore(door.sql(), settings.sendLease().toSeconds()),
                    new DeliveryStore(door.sql()),
                    new CaseFiles(door.sql()),
                    new Answers(door.sql(), vault),
                    vault,
                    partners,
                    random,
                    clock.instant());
            work.lockCases(group);
            group.stream().sorted(Comparator.comparing(Settlement::deliveryId)).forEach(work::settle);
            work.flush();
            circuits.record(door.sql(), work.counts());
            return work;
        });
        dispatch.accept(written.travelling());
        counted.accept(written.counts());
        if (written.releasedAny() || written.counts().recoveredAny()) {
            wake.run();
        }
        return new ArrayList<>(java.util.Collections.nCopies(group.size(), null));
    }

    @Override
    public void close() {
        line.close();
    }
}
