package org.shuniu.mapping;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Garbled;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** How the messages that a mapping reads are written: what goes to a partner is read from JSON, what it answers from its own format. */
public final class Formats {

    private final Mappings mappings;

    public Formats(Mappings mappings) {
        this.mappings = mappings;
    }

    /** The charset of examples that are not in UTF-8. */
    public Charset charset(String partner, String mapping) {
        IncomingMapping incoming = incoming(partner, mapping);
        return incoming == null
                ? StandardCharsets.UTF_8
                : incoming.codec().content().charset();
    }

    /**
     * A message as examples have it.
     *
     * @throws Garbled when it is not in the partner's format
     * @throws JacksonException when it is no JSON
     */
    public JsonNode example(String partner, String mapping, String text) {
        IncomingMapping incoming = incoming(partner, mapping);
        if (incoming == null) {
            return Source.MAPPER.readTree(text);
        }
        Codec content = incoming.codec().content();
        return content.decode(text.getBytes(content.charset()));
    }

    /**
     * What a partner answered, as received.
     *
     * @throws MappingFailed when the partner has no such mapping
     * @throws Garbled when it is not in the partner's format
     */
    public JsonNode answer(String partner, String mapping, byte[] body) {
        IncomingMapping incoming = incoming(partner, mapping);
        if (incoming == null) {
            throw new MappingFailed(partner + "/" + mapping, "the partner has no such mapping");
        }
        return incoming.codec().decode(body);
    }

    private @Nullable IncomingMapping incoming(String partner, String mapping) {
        return mappings.of(partner).incoming().get(mapping);
    }
}
