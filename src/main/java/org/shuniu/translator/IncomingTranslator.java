package org.shuniu.translator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.Reply;
import org.shuniu.codec.Garbled;
import org.shuniu.delivery.Attempt;
import org.shuniu.delivery.Attempts;
import org.shuniu.delivery.Outcome;
import org.shuniu.delivery.ReadAnswer;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.delivery.Settlement;
import org.shuniu.document.CaseTimes;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Reading;
import org.shuniu.store.Json;
import org.shuniu.versions.Translation;
import org.shuniu.versions.Translations;
import tools.jackson.databind.node.ObjectNode;

/** Message Translator from the partner that answered: {@code transformDataType} to {@code partner:in}. */
final class IncomingTranslator extends Transformer {

    static final String NAME = "partner:in";

    static final String MAPPING = "result.in";

    private final Supplier<Translating> now;
    private final ReceivedAnswers received;
    private final Translations translations;
    private final WireTap tap;

    /** @param now by what an answer is read that comes by itself */
    IncomingTranslator(Supplier<Translating> now, ReceivedAnswers received, Translations translations, WireTap tap) {
        this.now = now;
        this.tap = tap;
        this.translations = translations;
        this.received = received;
        setName(NAME);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        Object body = message.getBody();
        Translating translating = Translating.goOn(message.getExchange(), now);
        message.setBody(
                body instanceof ReceivedAnswers.Unread unread
                        ? read(translating, unread)
                        : settle(translating, (Attempts.Response) body));
    }

    private Settlement settle(Translating translating, Attempts.Response response) {
        Reply reply = response.reply();
        if (reply instanceof Reply.Answered answered) {
            return Attempts.settled(response, outcome(translating, response, answered), answered);
        }
        return Attempts.settled(response.attempt(), withoutAnswer(reply));
    }

    private static Outcome withoutAnswer(Reply reply) {
        if (reply instanceof Reply.Taken) {
            return new Outcome.Delivered(null);
        }
        if (reply instanceof Reply.Refused refused) {
            return new Outcome.Refused(refused.reason(), null);
        }
        if (reply instanceof Reply.Unavailable away) {
            return new Outcome.Unavailable(away.reason(), away.retryAfter());
        }
        if (reply instanceof Reply.NotYet early) {
            return new Outcome.NotYet(early.reason(), early.retryAfter());
        }
        if (reply instanceof Reply.Gathered gathered) {
            return new Outcome.Gathered(gathered.reason(), gathered.after());
        }
        if (reply instanceof Reply.NotBegun waited) {
            return new Outcome.NotBegun(waited.reason());
        }
        if (reply instanceof Reply.CredentialsRefused refused) {
            return new Outcome.CredentialsRefused(refused.reason());
        }
        return reply instanceof Reply.Unknown unknown
                ? new Outcome.Unknown(unknown.reason())
                : new Outcome.Invalid(((Reply.Invalid) reply).reason(), "hub");
    }

    private Outcome outcome(Translating translating, Attempts.Response response, Reply.Answered answered) {
        Attempt attempt = response.attempt();
        ObjectNode context = Json.object();
        context.putObject("call").put("operation", response.operation()).put("document", attempt.document());
        // What the hub dates itself is dated by the call's beginning: what comes during the call is newer.
        transport(context, response.begunAt()).put("status", answered.status());
        context.putObject("message").put("id", attempt.messageId().toString());
        context.putObject("case").put("caseNo", attempt.file().caseNo());
        try {
            LocalDate day = LocalDate.ofInstant(attempt.file().receivedAt(), CaseTimes.SHANGHAI);
            byte[] body = response.channel().open(answered.body());
            Reading reading = read(
                    translating,
                    new WireTap.Incoming(
                            attempt.receiver(),
                            MAPPING,
                            attempt.messageId(),
                            body,
                            answered.mediaType(),
                            context,
                            new Days(day, translations.today())));
            return speaksOfAnother(attempt, reading.document())
                    ? new Outcome.Untrusted("the answer speaks of another case")
                    : outcome(
                            translating,
                            reading,
                            translations.of(translating.texts(), attempt.receiver(), MAPPING, day));
        } catch (AnswerGarbled | Garbled garbled) {
            return new Outcome.Unknown(garbled.getMessage());
        } catch (MappingFailed untranslatable) {
            return new Outcome.Invalid(untranslatable.getMessage(), "hub");
        }
    }

    private Reading read(Translating translating, WireTap.Incoming said) {
        try {
            return translating
                    .mappings()
                    .read(said.partner(), said.mapping(), said.body(), said.mediaType(), said.context(), said.days());
        } finally {
            tap.read(said);
        }
    }

    /** The case's own day, which only its answer names; looked for only where a table has ever been another. */
    private LocalDate day(Translating translating, ReceivedAnswers.Unread unread, byte[] body, ObjectNode context) {
        LocalDate today = translations.today();
        if (!translations.dependsOnDay(translating.texts(), unread.partner(), MAPPING)) {
            return today;
        }
        ObjectNode names = translating.mappings().names(unread.partner(), MAPPING, body, context, Days.of(today));
        return received.receivedAt(unread.partner(), names.path("caseNo").asString(null), messageId(names))
                .map(at -> LocalDate.ofInstant(at, CaseTimes.SHANGHAI))
                .orElse(today);
    }

    private static boolean speaksOfAnother(Attempt attempt, ObjectNode document) {
        String caseNo = attempt.file().caseNo();
        return document != null && !document.path("caseNo").asString(caseNo).equals(caseNo);
    }

    private static ObjectNode transport(ObjectNode context, Instant receivedAt) {
        return context.putObject("transport")
                .put("receivedAt", receivedAt.atOffset(ZoneOffset.UTC).toString());
    }

    private static Outcome outcome(Translating translating, Reading reading, Translation translation) {
        Outcome.Said said = reading.document() == null
                ? null
                : new Outcome.Said(
                        reading.documentType(),
                        reading.eventId(),
                        reading.marks().order(),
                        reading.marks().ticket(),
                        reading.document(),
                        fault(translating.schemas(), reading),
                        translation);
        return switch (reading.verdict()) {
            case DELIVERED -> new Outcome.Delivered(said);
            case REFUSED -> new Outcome.Refused(reading.reason(), said);
            case UNAVAILABLE -> new Outcome.Unavailable(reading.reason(), null);
            case NEVER_RECEIVED -> new Outcome.NeverReceived(reading.reason());
            case INVALID -> new Outcome.Invalid(reading.reason(), "receiver");
            case UNKNOWN -> new Outcome.Unknown(reading.reason());
        };
    }

    /** What a department says is checked like what a sender says, but has no caller to refuse: a person looks at it. */
    private static @Nullable String fault(DocumentSchemas schemas, Reading reading) {
        return schemas.check(reading.documentType(), reading.document()).stream()
                .findFirst()
                .map(finding -> "the answer's %s does not fit: %s is %s; expected %s"
                        .formatted(
                                reading.documentType(),
                                finding.place(schemas.names()),
                                finding.found(),
                                finding.expected()))
                .orElse(null);
    }

    private ReadAnswer read(Translating translating, ReceivedAnswers.Unread unread) {
        try {
            ObjectNode context = Json.object();
            transport(context, unread.receivedAt());
            // What was received is kept as it was; only here is it opened.
            byte[] body = translating.channels().apply(unread.partner()).open(unread.body());
            LocalDate day = day(translating, unread, body, context);
            Reading reading = read(
                    translating,
                    new WireTap.Incoming(
                            unread.partner(),
                            MAPPING,
                            unread.id(),
                            body,
                            unread.mediaType(),
                            context,
                            new Days(day, translations.today())));
            Translation by = translations.of(translating.texts(), unread.partner(), MAPPING, day);
            return correlate(unread, outcome(translating, reading, by), reading.document());
        } catch (AnswerGarbled | Garbled | MappingFailed unreadable) {
            return new ReadAnswer(unread, null, unreadable.getMessage());
        }
    }

    private ReadAnswer correlate(ReceivedAnswers.Unread unread, Outcome outcome, ObjectNode document) {
        if (document == null || !document.path("caseNo").isString() && messageId(document) == null) {
            String reason = outcome.reason() == null ? "the answer names no case" : outcome.reason();
            return new ReadAnswer(unread, null, reason);
        }
        Optional<Settlement> settlement =
                received.about(unread, outcome, document.path("caseNo").asString(null), messageId(document));
        return settlement
                .map(found -> new ReadAnswer(unread, found, null))
                .orElseGet(() -> new ReadAnswer(
                        unread,
                        null,
                        "this partner has no such case, or the answer names a message of another",
                        report(document)));
    }

    /** What it says of a message without naming a case. */
    private static ReadAnswer.Report report(ObjectNode document) {
        UUID messageId = messageId(document);
        return messageId == null || document.path("caseNo").isString()
                ? null
                : new ReadAnswer.Report(messageId, document.path("state").asString(""));
    }

    private static UUID messageId(ObjectNode document) {
        try {
            return document.path("messageId").isString()
                    ? UUID.fromString(document.path("messageId").stringValue())
                    : null;
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
