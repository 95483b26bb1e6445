package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The federation's own count of what it worked, a row for each time that it worked one. */
final class FederationCount {

    private static final String ROW = """
            insert into up_pro_count (row_guid, source_guid, project_no, accept_time, is_finished)
            values (?, ?, ?, ?::timestamp, ?) on conflict (row_guid) do update
                set is_finished = greatest(up_pro_count.is_finished, excluded.is_finished)
            """;

    private FederationCount() {}

    /** @param time the how manieth */
    static void write(Connection connection, FederationRow row, int time, boolean finished) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROW)) {
            statement.setString(1, Fingerprint.of("CL-S-", row.rowGuid() + "/" + time, 16));
            statement.setString(2, row.rowGuid());
            statement.setString(3, row.caseNo());
            statement.setString(4, CityTime.now().toLocalDateTime().toString());
            statement.setInt(5, finished ? 1 : 0);
            statement.executeUpdate();
        }
    }
}
