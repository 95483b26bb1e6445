package org.shuniu.channel;

/** Keeps rows that were read from a department's table; they count as read only when it returns. */
@FunctionalInterface
public interface RowSink {

    /**
     * @param key of the row's content, the same for the same content
     * @param row table and columns as JSON
     */
    void keep(String partner, String key, byte[] row);
}
