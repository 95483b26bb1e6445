package org.shuniu.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.channel.Reply;
import org.shuniu.codec.Garbled;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Rendered;
import org.shuniu.partner.Partner;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/** Asks for the count by the operation {@code count}, page by page. */
final class QueryCount implements Count {

    private static final String OPERATION = "count";
    private static final int MOST_PAGES = 100_000;

    private final ChannelAdapters adapters;
    private final Mappings mappings;
    private final Tally tally;
    private final DeliveryEngine engine;

    QueryCount(ChannelAdapters adapters, Mappings mappings, DeliveryEngine engine) {
        this.adapters = adapters;
        this.mappings = mappings;
        this.tally = new Tally(mappings);
        this.engine = engine;
    }

    @Override
    public void read(Partner partner, Period period, Sink sink) throws CountFailed, InterruptedException {
        Optional<String> next = Optional.empty();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Reply.Answered answer = ask(partner, period, next);
            Tally.Page page = page(partner, answer);
            sink.take(page.entries(), answer.body());
            if (page.next().isEmpty()) {
                return;
            }
            if (page.next().equals(next)) {
                throw new CountFailed("its pages do not go on: the same one would be asked for again");
            }
            next = page.next();
        }
        throw new CountFailed("its pages do not end");
    }

    private Tally.Page page(Partner partner, Reply.Answered answer) throws CountFailed {
        ChannelAdapter adapter = adapters.of(partner.id());
        try {
            return tally.read(partner, adapter.open(answer.body()), answer.mediaType(), answer.status());
        } catch (Garbled garbled) {
            throw new CountFailed(garbled.getMessage());
        }
    }

    private Reply.Answered ask(Partner partner, Period period, Optional<String> next)
            throws CountFailed, InterruptedException {
        Call call = call(partner, period, next);
        Reply reply = engine.inTurn(partner, () -> adapters.of(partner.id()).call(call.begun()))
                .orElseThrow(() -> new CountFailed("waited for its turn"));
        if (reply instanceof Reply.Answered answered) {
            return answered;
        }
        throw new CountFailed(reply.reason().isEmpty() ? "the partner gives no count" : reply.reason());
    }

    /** Times are written in whole seconds, and what happened within the last one counts too. */
    private Call call(Partner partner, Period period, Optional<String> next) throws CountFailed {
        UUID id = UUID.randomUUID();
        ObjectNode source = Json.object();
        source.putObject("message")
                .put("id", id.toString())
                .put("document", OPERATION)
                .put("acceptedAt", Instant.now().toString());
        ObjectNode document = source.putObject("document")
                .put("from", CaseTimes.write(period.from().atOffset(ZoneOffset.UTC)))
                .put("until", CaseTimes.write(period.until().plusSeconds(1).atOffset(ZoneOffset.UTC)));
        next.ifPresent(cursor -> document.put("cursor", cursor));
        try {
            Rendered rendered = mappings.render(
                    partner.id(), OPERATION, source, Days.of(LocalDate.ofInstant(period.until(), CaseTimes.SHANGHAI)));
            return new Call(id, id, OPERATION, "", rendered.body(), rendered.mediaType(), partner.deadline());
        } catch (MappingFailed unwritable) {
            throw new CountFailed(unwritable.getMessage());
        }
    }
}
