package org.shuniu.batch;

import java.time.Instant;

/**
 * A closed batch: which rows it holds is decided for ever, and so are its number and its name.
 *
 * @param number rises with the clock
 * @param tries uploads that began before this one
 */
public record Batch(String partner, long number, String name, int rows, Instant closedAt, int tries) {}
