package org.shuniu.handout;

import java.util.Map;
import java.util.Optional;

/** How messages of a protocol look, described for programs, and as they go over the wire. */
sealed interface WireForm permits RestForm, SoapForm, QueueForm, FileForm {

    /** Texts of the files that describe all messages both ways, by their names. */
    Map<String, String> schemas();

    /** The ending of a sample's name. */
    String ending();

    /** A message of the hub's on its way. */
    byte[] sent(byte[] body);

    /** An answer on its way, of what stands in an example of it. */
    byte[] received(String text);

    /** How a message of the hub's travels, such as {@code POST /api/applications}. */
    String sentBy(String document);

    /** How an answer travels. */
    String receivedBy(Occasion occasion);

    /** What of a sample is not as the schemas say. */
    Optional<String> misfit(Sample sample);

    /** @throws IllegalArgumentException of an office with a front-end database, whose tables are described by their own file */
    static WireForm of(Office office) {
        return switch (office.contract().protocol()) {
            case REST -> new RestForm(office);
            case SOAP -> new SoapForm(office);
            case AMQP -> new QueueForm(office);
            case SFTP_CSV, FIXED_WIDTH -> new FileForm(office);
            case TABLE ->
                throw new IllegalArgumentException(
                        "there is no handout of a front-end database yet; what its developers need stands in %s"
                                .formatted(office.folder().resolve("front-end.sql")));
        };
    }
}
