package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.Reply;
import org.shuniu.codec.Garbled;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Reading;
import org.shuniu.mapping.Rendered;
import org.shuniu.partner.Partner;
import org.shuniu.partner.UnknownOutcome;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends by the partner that sends citizens their short messages: its protocol, its mappings, its rate. It is called directly and not
 * by a queue, for what a notice tells of may be the queues.
 */
final class ShortMessages {

    /** The kind of document, and what is asked of the partner. */
    static final String ALERT = "alert";

    private static final String ANSWER = "result.in";

    private final Supplier<Partner> partner;
    private final Supplier<ChannelAdapter> adapter;
    private final Mappings mappings;
    private final DeliveryEngine engine;
    private final BooleanSupplier paused;

    /**
     * @param partner and {@code adapter}: as they are at the time
     * @param paused whether a person has stopped all calls of the partner
     */
    ShortMessages(
            Supplier<Partner> partner,
            Supplier<ChannelAdapter> adapter,
            Mappings mappings,
            DeliveryEngine engine,
            BooleanSupplier paused) {
        this.partner = partner;
        this.adapter = adapter;
        this.mappings = mappings;
        this.engine = engine;
        this.paused = paused;
    }

    /** Its turn is waited for as long as the call may take. */
    Duration deadline() {
        return partner.get().deadline().multipliedBy(2);
    }

    /** Whether the partner sends a message of the same id once only. */
    boolean knowsThemAgain() {
        return partner.get().delivery().unknownOutcome() == UnknownOutcome.RECOGNISES_ID;
    }

    void send(UUID id, String to, String text) throws Channel.NotTaken {
        if (paused.getAsBoolean()) {
            throw Channel.NotTaken.surely("a person has paused " + partner.get().id());
        }
        Call call = call(id, to, text);
        Reply reply = inTurn(call);
        if (reply instanceof Reply.Answered answered) {
            read(id, answered);
        } else if (!(reply instanceof Reply.Taken)) {
            throw reply instanceof Reply.Unknown
                    ? Channel.NotTaken.perhaps(reply.reason())
                    : Channel.NotTaken.surely(reply.reason());
        }
    }

    private Reply inTurn(Call call) throws Channel.NotTaken {
        try {
            return engine.inTurn(partner.get(), () -> adapter.get().call(call.begun()))
                    .orElseThrow(() -> Channel.NotTaken.surely("waited for its turn"));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Channel.NotTaken.surely("interrupted");
        }
    }

    private Call call(UUID id, String to, String text) throws Channel.NotTaken {
        ObjectNode source = Json.object();
        source.putObject("message")
                .put("id", id.toString())
                .put("document", ALERT)
                .put("acceptedAt", Instant.now().toString());
        source.putObject("document").put("to", to).put("text", text);
        try {
            Rendered rendered = mappings.render(partner.get().id(), ALERT, source, today());
            return new Call(
                    id,
                    id,
                    ALERT,
                    "",
                    rendered.body(),
                    rendered.mediaType(),
                    partner.get().deadline());
        } catch (MappingFailed unwritable) {
            throw Channel.NotTaken.surely(unwritable.getMessage());
        }
    }

    private void read(UUID id, Reply.Answered answered) throws Channel.NotTaken {
        ObjectNode context = Json.object();
        context.putObject("call").put("operation", ALERT).put("document", ALERT);
        context.putObject("transport")
                .put("receivedAt", Instant.now().toString())
                .put("status", answered.status());
        context.putObject("message").put("id", id.toString());
        Reading reading;
        try {
            byte[] body = adapter.get().open(answered.body());
            reading = mappings.read(partner.get().id(), ANSWER, body, answered.mediaType(), context, today());
        } catch (AnswerGarbled | Garbled | MappingFailed unreadable) {
            throw Channel.NotTaken.perhaps(unreadable.getMessage());
        }
        switch (reading.verdict()) {
            case DELIVERED -> {
                // The telephone may still be off; the partner reports that later, if at all.
            }
            case UNKNOWN -> throw Channel.NotTaken.perhaps(String.valueOf(reading.reason()));
            default -> throw Channel.NotTaken.surely(String.valueOf(reading.reason()));
        }
    }

    private static Days today() {
        return Days.of(LocalDate.now(CaseTimes.SHANGHAI));
    }
}
