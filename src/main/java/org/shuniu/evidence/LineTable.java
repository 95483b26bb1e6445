package org.shuniu.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shuniu.store.Columns;

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

    /** Writes any number of lines by {@link #parameters}. */
    String insert();

    /** Parameters of {@link #insert} from the fourth on, arrays all; the first three are chain, seq and hash. */
    List<Object> columns(List<T> lines);

    default Object[] parameters(List<Placed<T>> placed) {
        List<Object> columns = new ArrayList<>();
        columns.add(placed.stream().map(one -> one.head().chain()).toArray(Integer[]::new));
        columns.add(placed.stream().map(one -> one.head().seq()).toArray(Long[]::new));
        columns.add(Columns.bytes(placed, one -> one.head().hash()));
        columns.addAll(columns(placed.stream().map(Placed::line).toList()));
        return columns.toArray();
    }

    T read(ResultSet row) throws SQLException;

    /** What to look for when this line is wrong. */
    String describe(ResultSet row) throws SQLException;

    /** What a row says about the line of its kind, where a column is no part of the canonical line. */
    default boolean agrees(ResultSet row) throws SQLException {
        return true;
    }
}
