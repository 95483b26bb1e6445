package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An office without any interface but a front-end database: it works its rows every 300 ms, one by one, marking each; what it has
 * to say are rows again, and it never calls anybody.
 */
final class TableOffice<R extends TableClerk.Row> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableOffice.class);
    private static final int POLL_MILLIS = 300;

    private record Late(Fault fault, Instant due) {
        boolean isOver(Instant now) {
            return fault.isLifted() || !now.isBefore(due);
        }
    }

    private final String partner;
    private final SimulatorProperties.FrontEndDatabase database;
    private final TableClerk<R> clerk;
    private final PartnerFaults faults;
    private final InstantSource clock;
    private final Map<String, Late> late = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;

    TableOffice(
            String partner, SimulatorProperties.FrontEndDatabase database, TableClerk<R> clerk, PartnerFaults faults) {
        this(partner, database, clerk, faults, InstantSource.system());
    }

    TableOffice(
            String partner,
            SimulatorProperties.FrontEndDatabase database,
            TableClerk<R> clerk,
            PartnerFaults faults,
            InstantSource clock) {
        this.clock = clock;
        this.partner = partner;
        this.database = database;
        this.clerk = clerk;
        this.faults = faults;
        this.worker = new Thread(this::run, "simulator-" + partner);
    }

    void start() {
        try (Connection connection = connect()) {
            clerk.prepare(connection);
        } catch (SQLException e) {
            LOG.warn(
                    "Front-end database of {} not ready: SQL state {}; its tables are made when it is",
                    partner,
                    e.getSQLState());
        }
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void close() {
        closing.countDown();
        Waiting.forEndOf(worker);
    }

    private void run() {
        while (!isClosing()) {
            try (Connection connection = connect()) {
                clerk.prepare(connection);
                connection.setAutoCommit(false);
                workUntilClosed(connection);
            } catch (SQLException e) {
                failed("SQL state " + e.getSQLState());
            } catch (RuntimeException unforeseen) {
                // An office whose thread had ended would look like one that takes its time.
                failed(unforeseen.getClass().getSimpleName() + place(unforeseen));
            }
        }
    }

    private void failed(String why) {
        LOG.warn("Front-end database of {} failed: {}; working it again shortly", partner, why);
        Waiting.upTo(closing, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Its message may quote a row. */
    private static String place(RuntimeException unforeseen) {
        StackTraceElement[] trace = unforeseen.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    private void workUntilClosed(Connection connection) throws SQLException {
        while (!Waiting.upTo(closing, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            Set<String> behind = new HashSet<>();
            for (R row : waiting(connection)) {
                boolean worked = !isClosing() && !behind.contains(row.caseNo()) && visit(row, connection);
                if (!worked) {
                    behind.add(row.caseNo());
                }
            }
        }
    }

    /** Of one moment: whoever sees what came later of a case sees what came before it too. */
    private List<R> waiting(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        List<R> rows = clerk.waiting(connection);
        connection.commit();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return rows;
    }

    /** Returns false when the row stays as it is, and with it everything later of its case. */
    private boolean visit(R row, Connection connection) throws SQLException {
        Late waiting = late.get(row.rowGuid());
        if (waiting == null) {
            return visit(row, faults.next(), connection);
        }
        // Asked twice, it could be over only for whoever comes behind.
        boolean over = waiting.isOver(clock.instant());
        if (over) {
            work(row, Fault.none(), connection);
            late.remove(row.rowGuid());
        }
        return over;
    }

    private boolean visit(R row, Fault fault, Connection connection) throws SQLException {
        switch (fault.kind()) {
            case DOWN, ERROR -> {
                return false;
            }
            case GARBAGE -> {
                clerk.garble(row, connection);
                connection.commit();
                return false;
            }
            case LATE_RESULT -> postpone(row, fault, connection);
            case SLOW -> {
                fault.sitOut();
                work(row, fault, connection);
            }
            case TIMEOUT_AFTER_WORK -> {
                clerk.enter(row);
                fault.sitOut();
                work(row, fault, connection);
            }
            default -> work(row, fault, connection);
        }
        return true;
    }

    /** What it loses is marked as worked, and nobody has worked it. */
    private void work(R row, Fault fault, Connection connection) throws SQLException {
        if (!fault.is(FaultKind.LOSES)) {
            clerk.work(row, fault, connection);
        }
        row.markWorked(connection);
        connection.commit();
    }

    private void postpone(R row, Fault fault, Connection connection) throws SQLException {
        if (!clerk.begin(row, connection)) {
            work(row, fault, connection);
            return;
        }
        late.put(row.rowGuid(), new Late(fault, clock.instant().plus(fault.length())));
        connection.commit();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.username(), database.password());
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
