package org.shuniu.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

    /** The charset of the bytes; examples are written in UTF-8 all the same. */
    default Charset charset() {
        return StandardCharsets.UTF_8;
    }

    /** Whether what it writes is one row of a file, among others of the same format. */
    default boolean isRow() {
        return false;
    }

    /** The format inside its envelope, in which examples are written; most formats have no envelope. */
    default Codec content() {
        return this;
    }
}
