package org.shuniu.mapping;

import java.util.HashMap;
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

    /** The same by other code tables, of the same names. */
    PartnerMappings by(Map<String, LocalCodes> others) {
        Map<String, OutgoingMapping> written = new HashMap<>(outgoing);
        written.replaceAll((document, mapping) -> mapping.by(others));
        Map<String, IncomingMapping> read = new HashMap<>(incoming);
        read.replaceAll((name, mapping) -> mapping.by(others));
        return new PartnerMappings(written, read, others, allowed, version);
    }

    /** What of a source a mapping may see; before there were such files nobody had declared anything. */
    JsonNode permitted(String item, JsonNode source, Days days) {
        return allowed.given() ? allowed.filter(source, item, days.said()) : source;
    }
}
