package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A row that the hub left for the federation and that nobody has worked yet. */
record FederationRow(Source source, String rowGuid, String caseNo, String summary) implements TableClerk.Row {
    private static final int BATCH = 5_000;

    /** The tables in the order in which their rows are worked. */
    enum Source {
        ACCEPT("up_pro_accept", "coalesce(project_name, '')", Effect.APPLICATION),
        SUPPLEMENT("up_pro_supplement", "''", Effect.SUPPLEMENT),
        WITHDRAW("up_pro_withdraw", "''", Effect.WITHDRAWAL);

        private final String table;
        private final String summary;
        private final Effect effect;

        Source(String table, String summary, Effect effect) {
            this.table = table;
            this.summary = summary;
            this.effect = effect;
        }

        String table() {
            return table;
        }

        Effect effect() {
            return effect;
        }

        List<FederationRow> waiting(Connection connection) throws SQLException {
            String sql = "select row_guid, project_no, " + summary + " from " + table
                    + " where is_sync = 0 order by cd_time, row_guid limit " + BATCH;
            List<FederationRow> rows = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(new FederationRow(this, found.getString(1), found.getString(2), found.getString(3)));
                }
            }
            return rows;
        }
    }

    boolean isRefused() {
        return summary.contains("REFUSE");
    }

    @Override
    public void markWorked(Connection connection) throws SQLException {
        String sql = "update " + source.table() + " set is_sync = 1, sync_time = localtimestamp where row_guid = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, rowGuid);
            statement.executeUpdate();
        }
    }
}
