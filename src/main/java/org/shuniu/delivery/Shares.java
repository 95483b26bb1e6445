package org.shuniu.delivery;

import java.time.Duration;
import java.util.UUID;
import org.shuniu.store.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which share of a partner's limits is this process's: all that run have one, and a partner that takes fewer calls than there are
 * processes is called by some of them.
 */
final class Shares {

    /** Which of the processes this one is, from 0, and how many there are. */
    record Place(int number, int of) {
        static final Place ALONE = new Place(0, 1);

        /** What cannot be divided is not always the same one's. */
        int numberAt(String partner) {
            return Math.floorMod(number + partner.hashCode(), of);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Shares.class);

    /** After which the others call in the place of one that is gone. */
    private static final Duration GONE_AFTER = Duration.ofSeconds(10);

    private static final String PLACE = """
            select count(*) filter (where owner < ?) as number, count(*) as of_them from lease
            where name like 'calls/%' and until > now()
            """;

    /** Of processes that were killed. */
    private static final String FORGET =
            "delete from lease where name like 'calls/%' and until < now() - interval '1 day'";

    private final JdbcTemplate sql;
    private final UUID process = UUID.randomUUID();
    private final Lease runs;
    private final boolean alone;
    private volatile Place place = Place.ALONE;

    /** @param alone whether no other process of the hub works on this database */
    Shares(JdbcTemplate sql, boolean alone) {
        this.sql = sql;
        this.runs = new Lease(sql, "calls/" + process, process, GONE_AFTER);
        this.alone = alone;
    }

    /** Says that this process runs, and looks which others do. */
    void look() {
        if (!alone) {
            if (place == Place.ALONE) {
                sql.update(FORGET);
            }
            runs.hold();
            place = sql.queryForObject(
                    PLACE,
                    (row, number) -> new Place(row.getInt("number"), Math.max(1, row.getInt("of_them"))),
                    process);
        }
    }

    PartnerLimits of(String partner, PartnerLimits whole) {
        Place now = place;
        return whole.share(now.numberAt(partner), now.of());
    }

    /** Leaves its share to the others. */
    void leave() {
        if (!alone) {
            try {
                sql.update("delete from lease where owner = ? and name = ?", process, "calls/" + process);
            } catch (DataAccessException away) {
                LOG.warn("The others get this process's share of calls later: the database is away");
            }
        }
    }
}
