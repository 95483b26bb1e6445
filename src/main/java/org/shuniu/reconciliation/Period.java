package org.shuniu.reconciliation;

import java.time.Instant;

/** From one moment to another, the second not included. */
public record Period(Instant from, Instant until) {}
