package org.shuniu.evidence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A table whose rows are lines of chains: how a line reads canonically and how it is written.
 *
 * @param <T> what a line says
 */
interface LineTable<T> {

    String OPENED = "chain-opened";
    String CLOSED = "chain-closed";

    String name();

    /** The partner whose chain the line belongs to. */
    String partner(T line);

    String canonical(long seq, T line);

    /** The hub's own line at a chain's beginning and end. */
    T hubs(String kind, String partner, String detail);

    /** What the hub said when it opened a chain with this line, if it did. */
    Optional<String> opening(T line);

    /** Whether this line is the hub's own at a chain's end. */
    boolean closes(T line);

    /** Parameters 1 to 3 are chain, seq and hash. */
    String insert();

    /** Sets the parameters from 4 on. */
    void bind(PreparedStatement row, T line) throws SQLException;

    T read(ResultSet row) throws SQLException;

    /** What to look for when this line is wrong. */
    String describe(ResultSet row) throws SQLException;

    /** What a row says about the line of its kind, where a column is no part of the canonical line. */
    default boolean agrees(ResultSet row) throws SQLException {
        return true;
    }
}
