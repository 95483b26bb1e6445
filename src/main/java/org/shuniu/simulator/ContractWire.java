package org.shuniu.simulator;

import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** How calls come to an office, and how it answers. */
interface ContractWire {

    /** What answers to be asked how a case stands. */
    String QUERY = "query";

    /**
     * A call.
     *
     * @param document its kind, or {@link #QUERY}
     * @param values texts by the names of their fields; of a list whether there is one
     */
    record Request(String document, UnaryOperator<String> values) {}

    /** Whether the call is for this office and by somebody who may. */
    Optional<HttpReply> doorkeeper(HttpCall call);

    /** Nothing of what can't be read. */
    Optional<Request> read(HttpCall call);

    String contentType();

    String write(ObjectNode answer);
}
