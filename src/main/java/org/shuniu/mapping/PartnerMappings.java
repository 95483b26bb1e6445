package org.shuniu.mapping;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The mappings of one partner.
 *
 * @param outgoing by the document's kind
 * @param incoming by the file's name without {@code .yaml}
 * @param allowed what may leave
 * @param version digest of the files they were read from
 */
record PartnerMappings(
        Map<String, OutgoingMapping> outgoing,
        Map<String, IncomingMapping> incoming,
        Map<String, LocalCodes> codes,
        AllowedFields allowed,
        String version) {

    /** What of a source a mapping may see; before there were such files nobody had declared anything. */
    JsonNode permitted(String item, JsonNode source, Days days) {
        return allowed.given() ? allowed.filter(source, item, days.said()) : source;
    }
}
