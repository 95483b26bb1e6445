package org.shuniu.translator;

import java.util.UUID;
import org.shuniu.mapping.Days;
import tools.jackson.databind.node.ObjectNode;

/**
 * Wire Tap: is shown what was translated, after it was, whether that worked or not. It never keeps the thread of a message, never
 * fails, and may keep what it is shown.
 */
public interface WireTap {

    /** Looks at nothing. */
    WireTap NONE = new WireTap() {
        @Override
        public void written(Outgoing outgoing) {}

        @Override
        public void read(Incoming incoming) {}
    };

    /**
     * What was written for a partner.
     *
     * @param operation the document's kind, or {@code query}
     * @param size bytes of the document
     * @param item its code in the hub's catalogue
     * @param source all that is known, of which a mapping reads what its partner may have
     */
    record Outgoing(
            String partner, String operation, UUID message, int size, String item, ObjectNode source, Days days) {}

    /**
     * What a partner said.
     *
     * @param message that it answers, or its own id where it came by itself
     * @param body without the wrapping in which it came
     * @param context what is known besides
     */
    record Incoming(
            String partner,
            String mapping,
            UUID message,
            byte[] body,
            String mediaType,
            ObjectNode context,
            Days days) {}

    void written(Outgoing outgoing);

    void read(Incoming incoming);
}
