package org.shuniu.store;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of many rows as arrays, one for each column, which is how one statement takes a whole group ({@code unnest}). */
public final class Columns {

    private Columns() {}

    /** @return each row's value as text, absent ones as null, in the rows' order */
    public static <T> String[] texts(Collection<T> rows, Function<T, @Nullable Object> value) {
        return rows.stream()
                .map(value)
                .map(one -> one == null ? null : one.toString())
                .toArray(String[]::new);
    }

    /** @return each row's value, absent ones as null, in the rows' order */
    public static <T> byte[][] bytes(Collection<T> rows, Function<T, byte @Nullable []> value) {
        return rows.stream().map(value).toArray(byte[][]::new);
    }
}
