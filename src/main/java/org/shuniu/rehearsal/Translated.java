package org.shuniu.rehearsal;

import tools.jackson.databind.JsonNode;

/** What a mapping makes of one message. */
sealed interface Translated {

    /**
     * A document.
     *
     * @param fields as the partner's format or the canonical document names them
     * @param format the same as bytes, or nothing where there are none
     */
    record Done(JsonNode fields, byte[] format) implements Translated {}

    /** @param reason without a person's data, in the mapping's words */
    record Failed(String reason) implements Translated {}
}
