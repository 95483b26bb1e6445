package org.shuniu.evidence;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The ends of the exchange's chains, which are sealed beside those of the hub's own. */
final class RegionHeads {

    /** What ends the names of these chains among the sealed ones. */
    static final String WRITER = "exchange";

    private static final String HEADS = "select partner, direction, seq, hash from exchange_chain where seq > 0";

    private final JdbcTemplate sql;

    RegionHeads(JdbcTemplate sql) {
        this.sql = sql;
    }

    static String name(String partner, String direction) {
        return "%s/%s/%s".formatted(partner, direction, WRITER);
    }

    /** Two for each region, as they are committed; they have no number among the hub's own chains. */
    List<Head> heads() {
        return sql.query(
                HEADS,
                (row, number) -> new Head(
                        0,
                        name(row.getString("partner"), row.getString("direction")),
                        row.getLong("seq"),
                        row.getBytes("hash")));
    }
}
