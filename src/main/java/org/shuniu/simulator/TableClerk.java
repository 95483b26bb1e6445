package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whoever works the rows of an office's front-end database; the office ends each transaction. */
interface TableClerk<R extends TableClerk.Row> {

    /** A row that the hub left and that nobody has worked yet. */
    interface Row {

        String rowGuid();

        String caseNo();

        void markWorked(Connection connection) throws SQLException;
    }

    /** Makes its tables where they are not there. */
    void prepare(Connection connection) throws SQLException;

    /** Rows that wait, in the order in which they are worked. */
    List<R> waiting(Connection connection) throws SQLException;

    /** Writes the effect of a row into the office's own book, and says nothing of it. */
    void enter(R row);

    /** Works a row and says what came of it, if anything is to be said. */
    void work(R row, Fault fault, Connection connection) throws SQLException;

    /**
     * Takes a row to be decided later.
     *
     * @return false where nothing is to be decided, and nothing was done
     */
    boolean begin(R row, Connection connection) throws SQLException;

    /** Answers what nobody can read, and works nothing. */
    void garble(R row, Connection connection) throws SQLException;
}
