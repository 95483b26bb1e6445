package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.shuniu.contract.FrontEndTables;

/**
 * A document that the hub left as a contract has it.
 *
 * @param document its kind, which is the table's name too
 * @param values texts by the names of their columns; of papers their names
 */
record ContractRow(String document, String rowGuid, String caseNo, UnaryOperator<String> values)
        implements TableClerk.Row {

    boolean isApplication() {
        return ContractDesk.EFFECTS.get(document) == Effect.APPLICATION;
    }

    @Override
    public void markWorked(Connection connection) throws SQLException {
        String sql = "update \"%s\" set is_sync = 1, sync_time = localtimestamp where %s = ?"
                .formatted(document, FrontEndTables.KEY);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, rowGuid);
            statement.executeUpdate();
        }
    }
}
