package org.shuniu.handout;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How messages of a protocol look, described for programs, and as they go over the wire. */
sealed interface WireForm permits RestForm, SoapForm, QueueForm, FileForm, TableForm {

    /** Texts of the files that describe all messages both ways, by their names. */
    Map<String, String> schemas();

    /** The ending of a sample's name. */
    String ending();

    /** A message of the hub's on its way: as its mapping writes it, where nothing is put round it. */
    default byte[] sent(byte[] body) {
        return body;
    }

    /** An answer on its way, of what stands in an example of it: the same in UTF-8, where nothing is put round it. */
    default byte[] received(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an example of an answer is one that the office gives: the hub's own channel may tell what it did. */
    default boolean isSaid(String example) {
        return true;
    }

    /** The fields of a message, as its members are named. */
    default JsonNode fields(String document, JsonNode written) {
        return written;
    }

    /** How a message of the hub's travels, such as {@code POST /api/applications}. */
    String sentBy(String document);

    /** How an answer travels. */
    String receivedBy(Occasion occasion);

    /** What of a sample is not as the schemas say. */
    Optional<String> misfit(Sample sample);

    static WireForm of(Office office) {
        return switch (office.contract().protocol()) {
            case REST -> new RestForm(office);
            case SOAP -> new SoapForm(office);
            case AMQP -> new QueueForm(office);
            case SFTP_CSV, FIXED_WIDTH -> new FileForm(office);
            case TABLE -> new TableForm(office);
        };
    }
}
