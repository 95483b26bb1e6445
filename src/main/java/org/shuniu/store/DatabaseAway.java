package org.shuniu.store;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/** Tells failures of the database itself, which no division of a group can cure, from failures of a row. */
public final class DatabaseAway {

    private DatabaseAway() {}

    /** Also true for a commit without an answer: what became of it is unknown. */
    public static boolean is(Throwable failure) {
        return failure instanceof TransactionException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessResourceException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof QueryTimeoutException;
    }
}
