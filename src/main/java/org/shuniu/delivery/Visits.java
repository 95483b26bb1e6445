package org.shuniu.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.shuniu.store.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets one process of the hub at a time look at what a partner keeps for it, the same one until that ends. */
final class Visits implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);

    /** A visit is within one deadline, what is read in it is kept within another. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final JdbcTemplate sql;
    private final String what;
    private final boolean alone;
    private final UUID owner = UUID.randomUUID();
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();

    /**
     * @param what is visited, such as {@code files}
     * @param alone whether no other process of the hub works on this database: whoever visited before is dead
     */
    Visits(JdbcTemplate sql, String what, boolean alone) {
        this.sql = sql;
        this.what = what;
        this.alone = alone;
    }

    /**
     * Begins a visit.
     *
     * @param deadline of the visit
     * @return the epoch under which this process may do what another could not make good, or nothing while another visits
     */
    OptionalLong begin(String partner, Duration deadline) {
        Duration length = deadline.multipliedBy(2).plus(MARGIN);
        Lease lease = new Lease(sql, "%s/%s".formatted(what, partner), owner, length);
        OptionalLong epoch = alone && !leases.containsKey(partner) ? lease.seize() : lease.hold();
        leases.put(partner, lease);
        return epoch;
    }

    /** Whether nobody has taken a visit over that this process has begun and not ended. */
    boolean goesOn(String partner, long epoch) {
        return leases.get(partner).isHeld(epoch);
    }

    /** Leaves all to whoever looks next. */
    @Override
    public void close() {
        try {
            leases.values().forEach(Lease::release);
        } catch (DataAccessException away) {
            LOG.warn("Others visit partners' {} in the place of this process later: the database is away", what);
        }
    }
}
