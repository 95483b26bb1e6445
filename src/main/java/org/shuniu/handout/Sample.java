package org.shuniu.handout;

import java.util.Optional;
import org.shuniu.mapping.Reading;
import tools.jackson.databind.JsonNode;

/**
 * An example as it goes over the wire.
 *
 * @param file below the folder {@code samples}
 * @param what the kind of message, or the occasion of an answer
 * @param how it travels
 * @param fields of what the hub sends, before its format makes bytes of them; missing of an answer
 * @param reading what an answer says; nothing of what the hub sends
 */
record Sample(String file, String what, String how, byte[] body, JsonNode fields, Optional<Reading> reading) {

    boolean isSent() {
        return reading.isEmpty();
    }
}
