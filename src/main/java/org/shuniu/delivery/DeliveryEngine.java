package org.shuniu.delivery;

import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Delivery;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.context.SmartLifecycle;

/** Puts the parts of delivery together and runs them: dispatcher, redispatcher, claims and settlements. */
public final class DeliveryEngine implements SmartLifecycle, AutoCloseable {

    private final Dispatcher dispatcher;
    private final Redispatcher redispatcher;
    private final Claims claims;
    private final Settlements settlements;
    private volatile boolean running;

    /** @param counted is told what was recorded, after the commit */
    public DeliveryEngine(
            Pools.Door door,
            PartnerDirectory partners,
            DeliveryProperties settings,
            Vault vault,
            ConnectionFactory broker,
            Clock clock,
            Consumer<SettledCounts> counted) {
        Incarnation incarnation = new Incarnation(door.sql());
        this.dispatcher =
                new Dispatcher(broker, incarnation, settings.bodyInMessage().toBytes());
        this.redispatcher = new Redispatcher(door, partners, settings, dispatcher);
        this.claims = new Claims(door, partners, settings, vault, incarnation);
        this.settlements = new Settlements(
                door,
                partners,
                vault,
                settings,
                new Circuits(partners),
                clock,
                this::dispatch,
                counted,
                redispatcher::wake);
    }

    /** Sends what was committed; never blocks. */
    public void dispatch(List<Delivery> deliveries) {
        dispatcher.dispatch(deliveries);
    }

    /** Asks for a look at what is due. */
    public void wake() {
        redispatcher.wake();
    }

    public Claims claims() {
        return claims;
    }

    public Settlements settlements() {
        return settlements;
    }

    /** Lets the redispatcher read answers that were kept but never read. */
    public void sweeps(ReceivedAnswers received) {
        redispatcher.sweeps(received);
    }

    @Override
    public void start() {
        redispatcher.start();
        running = true;
    }

    /** The routes stop first: what they have claimed may still be settled. */
    @Override
    public void stop() {
        running = false;
        redispatcher.close();
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
    }
}
