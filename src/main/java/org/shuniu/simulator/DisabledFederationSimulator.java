package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A department with nothing but tables: it works through what others write and writes its results beside them.
 *
 * <p>A project_name with REFUSE is sent back.
 */
final class DisabledFederationSimulator implements AutoCloseable {

    static final String ID = "disabled-federation";

    /** A row that waits to be worked. */
    private record Row(String guid, String projectNo, boolean refused) {}

    private static final Logger LOG = LoggerFactory.getLogger(DisabledFederationSimulator.class);
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final long EVERY_MILLIS = 300;
    private static final String RESULT = """
            insert into up_pro_result (row_guid, project_no, result_date, result_type, result_explain, result_cetr_name,
                result_cetr_no, is_delivery_results, handle_user_name, cd_operation, cd_time, cd_batch, data_source)
            values (?, ?, ?, ?, ?, ?, ?, '0', '经办三', 'I', ?, ?, 'p31') on conflict do nothing
            """;
    private static final String PROCESS = """
            insert into up_pro_process (row_guid, project_no, event_name, process_name, handle_user_name, handle_explain,
                event_start_time, event_end_time, cd_operation, cd_time, cd_batch, data_source)
            values (?, ?, '1', '受理', '经办三', '同意受理', ?, ?, 'I', ?, ?, 'p31') on conflict do nothing
            """;

    private final SimulatorProperties.Database database;
    private final Ledger ledger;
    private final FaultSwitch faults;
    private final Thread thread = new Thread(this::run, "simulator-disabled-federation");
    private volatile boolean open = true;

    DisabledFederationSimulator(SimulatorProperties.Database database, Ledger ledger, FaultSwitch faults) {
        this.database = database;
        this.ledger = ledger;
        this.faults = faults;
        thread.setDaemon(true);
    }

    /** Makes its tables where they are missing, then begins to work. */
    void start() {
        try (Connection connection = connect()) {
            DisabledFederationTables.make(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException("The simulated front-end database cannot be made", failure);
        }
        thread.start();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.username(), database.password());
    }

    private void run() {
        while (open) {
            try {
                Thread.sleep(EVERY_MILLIS);
                work();
            } catch (SQLException away) {
                LOG.debug("The front-end database is away: SQLSTATE {}", away.getSQLState());
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void work() throws SQLException {
        if (faults.current() == Fault.DOWN || faults.current() == Fault.ERROR) {
            return;
        }
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            for (Row row : waiting(connection, "up_pro_accept", "coalesce(project_name, '') like '%REFUSE%'")) {
                Fault fault = faults.take();
                if (fault == Fault.SLOW) {
                    faults.pause(3);
                }
                decide(connection, row, ledger.writeOnce(row.guid(), row.projectNo(), "application"), fault);
                finish(connection, "up_pro_accept", row);
            }
            for (Row row : waiting(connection, "up_pro_supplement", "false")) {
                ledger.writeOnce(row.guid(), row.projectNo(), "supplement");
                finish(connection, "up_pro_supplement", row);
            }
            for (Row row : waiting(connection, "up_pro_withdraw", "false")) {
                ledger.writeOnce(row.guid(), row.projectNo(), "withdrawal");
                finish(connection, "up_pro_withdraw", row);
            }
        }
    }

    private static List<Row> waiting(Connection connection, String table, String refused) throws SQLException {
        String select = "select row_guid, project_no, %s from %s where is_sync = 0 order by cd_time, row_guid limit 50"
                .formatted(refused, table);
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(new Row(found.getString(1), found.getString(2), found.getBoolean(3)));
            }
        }
        return rows;
    }

    private static void finish(Connection connection, String table, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update %s set is_sync = 1, sync_time = now() where row_guid = ?".formatted(table))) {
            statement.setString(1, row.guid());
            statement.executeUpdate();
        }
        connection.commit();
    }

    private void decide(Connection connection, Row row, Instant at, Fault fault) throws SQLException {
        process(connection, row, at);
        if (fault == Fault.LATE_RESULT) {
            connection.commit();
            faults.pause(3);
        }
        result(connection, row, at, "");
        if (fault == Fault.DUPLICATE_RESULT) {
            result(connection, row, at, "again");
        }
    }

    private static void process(Connection connection, Row row, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PROCESS)) {
            statement.setString(1, Numbers.of("P", row.guid()));
            statement.setString(2, row.projectNo());
            statement.setTimestamp(3, time(at, 0));
            statement.setTimestamp(4, time(at, 0));
            statement.setTimestamp(5, time(at, 0));
            statement.setString(6, row.guid().replace("-", ""));
            statement.executeUpdate();
        }
    }

    private static void result(Connection connection, Row row, Instant at, String variant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESULT)) {
            statement.setString(1, Numbers.of("R", row.guid() + variant));
            statement.setString(2, row.projectNo());
            statement.setTimestamp(3, time(at, 1));
            statement.setString(4, row.refused() ? "1" : "0");
            statement.setString(5, row.refused() ? "不符合条件" : "准予办理");
            statement.setString(6, row.refused() ? null : "办理证明");
            statement.setString(7, row.refused() ? null : Numbers.of("CL", row.guid()));
            statement.setTimestamp(8, time(at, 1));
            statement.setString(9, row.guid().replace("-", ""));
            statement.executeUpdate();
        }
    }

    private static Timestamp time(Instant at, int plusSeconds) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(at, CITY)
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(plusSeconds));
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
