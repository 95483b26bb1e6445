package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The disabled persons' federation: a front-end database of national tables. */
final class DisabledFederationSimulator implements TableClerk<FederationRow> {

    private final Ledger ledger;

    DisabledFederationSimulator(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        NationalTables.create(connection);
    }

    @Override
    public List<FederationRow> waiting(Connection connection) throws SQLException {
        List<FederationRow> rows = new ArrayList<>();
        for (FederationRow.Source source : FederationRow.Source.values()) {
            rows.addAll(source.waiting(connection));
        }
        return rows;
    }

    @Override
    public void enter(FederationRow row) {
        effect(row);
    }

    private LedgerEntry effect(FederationRow row) {
        return ledger.once(row.rowGuid(), row.caseNo(), row.source().effect(), row.isRefused());
    }

    @Override
    public void work(FederationRow row, Fault fault, Connection connection) throws SQLException {
        FederationAnswers answers = new FederationAnswers(connection, effect(row));
        FederationCount.write(connection, row, 1, true);
        if (fault.is(FaultKind.WORKS_TWICE)) {
            ledger.again(row.rowGuid(), row.caseNo(), row.source().effect(), row.isRefused());
            FederationCount.write(connection, row, 2, true);
        }
        if (row.source() == FederationRow.Source.ACCEPT) {
            answers.process();
            result(answers, row.isRefused() ? FederationAnswers.SENT_BACK : FederationAnswers.CERTIFICATE, fault);
        } else if (row.source() == FederationRow.Source.WITHDRAW) {
            result(answers, FederationAnswers.VOID, fault);
        }
    }

    @Override
    public boolean begin(FederationRow row, Connection connection) throws SQLException {
        if (row.source() != FederationRow.Source.ACCEPT) {
            return false;
        }
        new FederationAnswers(connection, effect(row)).process();
        FederationCount.write(connection, row, 1, false);
        return true;
    }

    private static void result(FederationAnswers answers, String type, Fault fault) throws SQLException {
        answers.result(type, "R-");
        if (fault.is(FaultKind.DUPLICATE_RESULT)) {
            answers.result(type, "R2-");
        }
    }

    @Override
    public void garble(FederationRow row, Connection connection) throws SQLException {
        LedgerEntry nothing =
                new LedgerEntry(row.rowGuid(), row.caseNo(), row.source().effect(), CityTime.now(), false);
        new FederationAnswers(connection, nothing).result(FederationAnswers.UNREADABLE, "G-");
    }
}
