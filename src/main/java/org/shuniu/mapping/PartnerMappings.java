package org.shuniu.mapping;

import java.util.Map;

/**
 * The mappings of one partner.
 *
 * @param outgoing by the document's kind
 * @param incoming by the file's name without {@code .yaml}
 * @param version digest of the files they were read from
 */
record PartnerMappings(
        Map<String, OutgoingMapping> outgoing,
        Map<String, IncomingMapping> incoming,
        Map<String, LocalCodes> codes,
        String version) {}
