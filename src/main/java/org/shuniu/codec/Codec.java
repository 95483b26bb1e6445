package org.shuniu.codec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One format on the wire. */
public interface Codec {

    /** The content type that goes with the bytes. */
    String mediaType();

    /** @throws Garbled when the tree can't be written in this format */
    byte[] encode(ObjectNode tree);

    /** @throws Garbled when the bytes are not of this format; the message holds none of their content */
    JsonNode decode(byte[] bytes);

    /** The format inside its envelope, in which examples are written; most formats have no envelope. */
    default Codec content() {
        return this;
    }
}
