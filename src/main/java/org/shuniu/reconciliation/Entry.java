package org.shuniu.reconciliation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One effect that a partner says a message had.
 *
 * @param reference what tells two effects of one message apart
 * @param at when, as the partner says, or null
 * @param finished whether the partner is done with it
 */
public record Entry(
        String messageId,
        String reference,
        @Nullable String caseNo,
        @Nullable Instant at,
        boolean finished) {}
