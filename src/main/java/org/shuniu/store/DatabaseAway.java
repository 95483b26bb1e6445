package org.shuniu.store;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/** Tells failures of the database itself, which no division of a group can cure, from failures of a row. */
public final class DatabaseAway {

    /** Connections, read-only and broken transactions, resources such as a full disk, operators, the system. */
    private static final String CLASSES = "(08|25|53|57|58).*";

    /** Bytes and escapes that stand for no character. */
    private static final Set<String> NO_TEXTS = Set.of("22021", "22P05");

    private DatabaseAway() {}

    /** Also true for a commit without an answer: what became of it is unknown. */
    public static boolean is(Throwable failure) {
        return failure instanceof TransactionException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessResourceException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof QueryTimeoutException
                || state(failure).matches(CLASSES);
    }

    /** Also true for what another try may cure, though a divided group may cure it sooner: deadlocks and locks. */
    public static boolean mayPass(Throwable failure) {
        return is(failure) || failure instanceof TransientDataAccessException || failure instanceof Error;
    }

    /** The database gave up a statement because it took longer than it may. */
    public static boolean tookTooLong(Throwable failure) {
        return state(failure).equals("57014");
    }

    /** No column holds a text such as the one that somebody gave, with a NUL in it: his fault, and no other try cures it. */
    public static boolean holdsNoSuchText(Throwable failure) {
        return NO_TEXTS.contains(state(failure));
    }

    private static String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
