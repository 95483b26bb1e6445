package org.shuniu.evidence;

/**
 * A line of a chain, at its place.
 *
 * @param head the chain's, once this line is its last
 */
record Placed<T>(Head head, T line) {}
