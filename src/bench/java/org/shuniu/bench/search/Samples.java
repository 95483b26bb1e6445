package org.shuniu.bench.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Draws stored cases, each of another moment of the year. */
final class Samples {

    /** The case first, by the index that filters walk: a join before the limit would read all of the year for each. */
    private static final String DRAW = """
            select c.*, d.id as delivery_id, (c.received_at at time zone 'Asia/Shanghai')::date as day
            from (select * from case_file where receiver = ? and received_at >= now() - ? * interval '1 hour'
                and received_at < now() - interval '1 day' order by received_at limit 1) c
                join delivery d on d.case_no = c.case_no and d.message_id = c.application_id
            """;

    private static final int HOURS = 364 * 24;

    private Samples() {}

    static List<Sample> draw(Connection connection, List<String> receivers, List<String> idNumbers, int count)
            throws SQLException {
        List<Sample> drawn = new ArrayList<>();
        try (PreparedStatement draw = connection.prepareStatement(DRAW)) {
            for (int i = 0; drawn.size() < count; i++) {
                draw.setString(1, receivers.get(i % receivers.size()));
                draw.setInt(2, HOURS - ThreadLocalRandom.current().nextInt(HOURS * 9 / 10));
                try (ResultSet row = draw.executeQuery()) {
                    if (row.next()) {
                        drawn.add(of(row, idNumbers.get(drawn.size() % idNumbers.size())));
                    }
                }
            }
        }
        return drawn;
    }

    private static Sample of(ResultSet row, String idNumber) throws SQLException {
        return new Sample(
                row.getString("case_no"),
                row.getString("application_id"),
                row.getString("delivery_id"),
                row.getString("sender"),
                row.getString("receiver"),
                row.getString("item_code"),
                row.getString("receiving_centre"),
                row.getString("status"),
                row.getDate("day").toLocalDate(),
                idNumber);
    }
}
