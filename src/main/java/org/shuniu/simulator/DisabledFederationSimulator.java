package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
 * The disabled persons' federation: no interface but a front-end database of national tables, whose rows it works every
 * 300 ms, one by one, marking each; what it has to say are rows again, and it never calls anybody.
 */
final class DisabledFederationSimulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DisabledFederationSimulator.class);
    private static final int POLL_MILLIS = 300;

    private record Late(Fault fault, Instant due) {
        boolean isOver() {
            return fault.isLifted() || !Instant.now().isBefore(due);
        }
    }

    private final SimulatorProperties.FrontEndDatabase database;
    private final Ledger ledger;
    private final PartnerFaults faults;
    private final Map<String, Late> late = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker = new Thread(this::run, "simulator-disabled-federation");

    DisabledFederationSimulator(SimulatorProperties.FrontEndDatabase database, Ledger ledger, PartnerFaults faults) {
        this.database = database;
        this.ledger = ledger;
        this.faults = faults;
    }

    void start() {
        try (Connection connection = connect()) {
            NationalTables.create(connection);
        } catch (SQLException e) {
            LOG.warn("Front-end database not ready: SQL state {}; its tables are made when it is", e.getSQLState());
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
                NationalTables.create(connection);
                connection.setAutoCommit(false);
                workUntilClosed(connection);
            } catch (SQLException e) {
                LOG.warn("Front-end database failed: SQL state {}; working it again shortly", e.getSQLState());
                Waiting.upTo(closing, POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void workUntilClosed(Connection connection) throws SQLException {
        while (!Waiting.upTo(closing, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            Set<String> behind = new HashSet<>();
            for (FederationRow row : waiting(connection)) {
                boolean worked = !isClosing() && !behind.contains(row.projectNo()) && visit(row, connection);
                if (!worked) {
                    behind.add(row.projectNo());
                }
            }
        }
    }

    /** Of one moment: whoever sees what came later of a case sees what came before it too. */
    private static List<FederationRow> waiting(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        List<FederationRow> rows = new ArrayList<>();
        for (FederationRow.Source source : FederationRow.Source.values()) {
            rows.addAll(source.waiting(connection));
        }
        connection.commit();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return rows;
    }

    /** Returns false when the row stays as it is, and with it everything later of its case. */
    private boolean visit(FederationRow row, Connection connection) throws SQLException {
        Late waiting = late.get(row.rowGuid());
        if (waiting == null) {
            return visit(row, faults.next(), connection);
        }
        if (waiting.isOver()) {
            work(row, Fault.none(), connection);
            late.remove(row.rowGuid());
        }
        return waiting.isOver();
    }

    private boolean visit(FederationRow row, Fault fault, Connection connection) throws SQLException {
        switch (fault.kind()) {
            case DOWN, ERROR -> {
                return false;
            }
            case GARBAGE -> {
                unreadable(row, connection);
                return false;
            }
            case LATE_RESULT -> postpone(row, fault, connection);
            case SLOW -> {
                fault.sitOut();
                work(row, fault, connection);
            }
            case TIMEOUT_AFTER_WORK -> {
                effect(row);
                fault.sitOut();
                work(row, fault, connection);
            }
            default -> work(row, fault, connection);
        }
        return true;
    }

    private LedgerEntry effect(FederationRow row) {
        return ledger.once(row.rowGuid(), row.projectNo(), row.source().effect(), row.isRefused());
    }

    private void work(FederationRow row, Fault fault, Connection connection) throws SQLException {
        if (fault.is(FaultKind.LOSES)) {
            lose(row, connection);
            return;
        }
        FederationAnswers answers = new FederationAnswers(connection, effect(row));
        FederationCount.write(connection, row, 1, true);
        if (fault.is(FaultKind.WORKS_TWICE)) {
            ledger.again(row.rowGuid(), row.projectNo(), row.source().effect(), row.isRefused());
            FederationCount.write(connection, row, 2, true);
        }
        if (row.source() == FederationRow.Source.ACCEPT) {
            answers.process();
            result(answers, row.isRefused() ? FederationAnswers.SENT_BACK : FederationAnswers.CERTIFICATE, fault);
        } else if (row.source() == FederationRow.Source.WITHDRAW) {
            result(answers, FederationAnswers.VOID, fault);
        }
        row.markWorked(connection);
        connection.commit();
    }

    /** The row is marked as worked, and nobody has worked it. */
    private static void lose(FederationRow row, Connection connection) throws SQLException {
        row.markWorked(connection);
        connection.commit();
    }

    private void postpone(FederationRow row, Fault fault, Connection connection) throws SQLException {
        if (row.source() != FederationRow.Source.ACCEPT) {
            work(row, fault, connection);
            return;
        }
        late.put(row.rowGuid(), new Late(fault, Instant.now().plus(fault.length())));
        new FederationAnswers(connection, effect(row)).process();
        FederationCount.write(connection, row, 1, false);
        connection.commit();
    }

    private static void result(FederationAnswers answers, String type, Fault fault) throws SQLException {
        answers.result(type, "R-");
        if (fault.is(FaultKind.DUPLICATE_RESULT)) {
            answers.result(type, "R2-");
        }
    }

    private static void unreadable(FederationRow row, Connection connection) throws SQLException {
        LedgerEntry nothing =
                new LedgerEntry(row.rowGuid(), row.projectNo(), row.source().effect(), CityTime.now(), false);
        new FederationAnswers(connection, nothing).result(FederationAnswers.UNREADABLE, "G-");
        connection.commit();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.username(), database.password());
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
