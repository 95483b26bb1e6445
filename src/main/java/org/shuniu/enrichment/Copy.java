package org.shuniu.enrichment;

import java.time.Instant;
import java.util.UUID;
import org.shuniu.document.CaseTimes;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a certificate that a document names, for the document's receiver.
 *
 * @param useId for which it was given
 * @param material its place in the document's materials
 * @param state {@code ready}, {@code refused} or {@code paper}
 * @param reason why there is no copy, or null
 * @param copy the derived copy, or null
 */
public record Copy(UUID useId, int material, String state, String reason, ObjectNode copy) {

    /** Whether its time is over, by the time limit of the use or by the copy's own if that is earlier. */
    public boolean isExpired(Instant now) {
        return copy != null
                && CaseTimes.parse(copy.path("validUntil").asString(""))
                        .filter(until ->
                                !until.atZone(CaseTimes.SHANGHAI).toInstant().isAfter(now))
                        .isPresent();
    }
}
