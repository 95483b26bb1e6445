package org.shuniu.incident;

import java.time.Duration;
import java.util.UUID;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Says again and again that this process runs, and how its machine is; each process of the hub has its own. */
final class Heartbeat implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HubProcesses processes;
    private final Machine machine;
    private final String place;
    private final UUID id = UUID.randomUUID();
    private final RepeatedLook beats;

    /** @param place what its place is called, or nothing for its host and folder of data */
    Heartbeat(HubProcesses processes, Machine machine, String place, Duration every) {
        this.processes = processes;
        this.machine = machine;
        this.place = place.isBlank() ? machine.place() : place;
        this.beats = new RepeatedLook("heartbeat", () -> every, this::beat);
    }

    private void beat() {
        processes.beat(id, place, machine.state());
    }

    @Override
    public void start() {
        beats.start();
        beats.wake();
    }

    @Override
    public void stop() {
        // It leaves whether or not its last beat has come back.
        beats.stop(PATIENCE);
        try {
            processes.leave(id);
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("The database is away: this process will be taken for one that is gone without an end");
        }
    }

    @Override
    public boolean isRunning() {
        return beats.isRunning();
    }
}
