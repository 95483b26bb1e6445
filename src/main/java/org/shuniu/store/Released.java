package org.shuniu.store;

import java.util.UUID;

/**
 * A delivery whose turn in its lane has come.
 *
 * @param queue {@code application} or {@code result}
 * @param attempt how many attempts have begun
 */
public record Released(UUID id, String receiver, String queue, int attempt) {}
