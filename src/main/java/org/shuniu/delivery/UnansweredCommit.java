package org.shuniu.delivery;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.DatabaseAway;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Keeps the numbers of a group whose connection broke under the COMMIT: the group itself is offered again and finds what it had
 * recorded, and then counts nothing.
 *
 * <p>Used by the one thread that commits.
 */
final class UnansweredCommit {

    /** The numbers of a group, and its transaction. */
    private record Group(String transaction, SettledCounts counts) {}

    private static final Logger LOG = LoggerFactory.getLogger(UnansweredCommit.class);
    private static final String TRANSACTION = "select pg_current_xact_id()::text";
    private static final String BECAME = "select pg_xact_status(?::xid8)";

    private final Pools.Door door;
    private final Consumer<SettledCounts> counted;
    private @Nullable Group group;

    /** @param counted is told the numbers of a group that turns out to be committed */
    UnansweredCommit(Pools.Door door, Consumer<SettledCounts> counted) {
        this.door = door;
        this.counted = counted;
    }

    /** The last step of a group's transaction. */
    void begin(SettledCounts counts) {
        group = new Group(door.sql().queryForObject(TRANSACTION, String.class), counts);
    }

    /** The commit has its answer, and whoever got it counts. */
    void answered() {
        group = null;
    }

    /**
     * Counts the group before if it was committed all the same; called outside a transaction, before the next begins.
     *
     * @throws TransientDataAccessResourceException while the server is still at it
     */
    void resolve() {
        if (group == null) {
            return;
        }
        String became = became(group.transaction());
        if (became.equals("in progress")) {
            throw new TransientDataAccessResourceException("A group whose commit got no answer is still under way");
        }
        if (became.equals("committed")) {
            counted.accept(group.counts());
        }
        group = null;
    }

    /** A server that was restored from a copy does not know the transaction. */
    private String became(String transaction) {
        try {
            return String.valueOf(door.sql().queryForObject(BECAME, String.class, transaction));
        } catch (DataAccessException failure) {
            if (DatabaseAway.mayPass(failure)) {
                throw failure;
            }
            LOG.warn("What became of transaction {} is not known: {}", transaction, failure.getMessage());
            return "unknown";
        }
    }
}
