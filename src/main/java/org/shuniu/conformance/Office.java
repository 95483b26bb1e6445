package org.shuniu.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.Reply;
import org.shuniu.codec.Garbled;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Reading;
import org.shuniu.mapping.Rendered;
import org.shuniu.partner.Partner;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The office's system as the hub reaches it: by the partner's own channel and mappings, with nothing of a hub between. */
final class Office {

    static final String QUERY = "query";
    private static final String ANSWERS = "result.in";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int REPEATED_AT_MOST = 3;

    /**
     * What leads there and back.
     *
     * @param later what it says of messages that it can't answer when they are handed in; empty where it answers
     * @param days by whose tables
     */
    record Way(
            Partner partner,
            ChannelAdapter channel,
            Optional<LaterWords> later,
            Mappings mappings,
            DocumentSchemas schemas,
            Agreed agreed,
            Pace pace,
            Days days) {

        Way by(ChannelAdapter other) {
            return new Way(partner, other, later, mappings, schemas, agreed, pace, days);
        }
    }

    private final Way way;
    private final Transcript transcript;

    Office(Way way, Transcript transcript) {
        this.way = way;
        this.transcript = transcript;
    }

    Way way() {
        return way;
    }

    Transcript transcript() {
        return transcript;
    }

    /** Whether it can be asked what became of an application. */
    boolean isAsked() {
        return way.partner().operations().containsKey(QUERY)
                && way.mappings().outgoing(way.partner().id()).contains(QUERY);
    }

    /**
     * What the mapping makes of a message, before the partner's format makes bytes of it.
     *
     * @throws MappingFailed when it can't be written
     * @throws NotAsAgreed when that is not what the contract says
     */
    ObjectNode fields(Message message) {
        ObjectNode fields = way.mappings()
                .write(way.partner().id(), message.document(), message.item(), message.envelope(), way.days())
                .fields();
        way.agreed().wrong(message.document(), fields).ifPresent(why -> {
            throw new NotAsAgreed("%s.out.yaml does not write what was agreed: %s".formatted(message.document(), why));
        });
        return fields;
    }

    /** The bytes of fields, whoever wrote these. */
    Rendered encoded(Message message, ObjectNode fields) {
        return way.mappings().encode(way.partner().id(), message.document(), fields);
    }

    /** Sends a message, and says what the office has to say of it, whether it says so at once or later. */
    Heard send(Message message) throws InterruptedException {
        return send(message, fields(message));
    }

    Heard send(Message message, ObjectNode fields) throws InterruptedException {
        return send(message, encoded(message, fields));
    }

    Heard send(Message message, Rendered body) throws InterruptedException {
        return said(message, handIn(message, body));
    }

    /** The same message once more, as the hub repeats one of which it does not know what became. */
    Heard sendAgain(Message message, ObjectNode fields) throws InterruptedException {
        return said(message, answer(message, message.document(), encoded(message, fields), true));
    }

    /** Sends a message, and waits for nothing that does not come at once. */
    Heard handIn(Message message, Rendered body) throws InterruptedException {
        return answer(message, message.document(), body, false);
    }

    /**
     * Several messages as one.
     *
     * @param first the first of them
     */
    Heard handInTogether(Correspondence.Together together, List<Call> calls, Message first)
            throws InterruptedException {
        way.pace().keep();
        calls.forEach(call -> transcript.sent(call.operation(), call.body()));
        return heard(first, first.document(), together.handIn(calls));
    }

    /** What the office says of a message that somebody has handed in. */
    Heard said(Message message, Heard answer) throws InterruptedException {
        return way.later().isPresent() && answer.is(Meaning.TAKEN)
                ? way.later().get().of(message, transcript)
                : answer;
    }

    /** What it still says of a message after all that it has said by now, if it says anything. */
    Optional<Heard> further(Message message) throws InterruptedException {
        return way.later().isPresent() ? way.later().get().further(message, transcript) : Optional.empty();
    }

    /** What it decides of a message that it has sent back, if it does that by a word that comes later. */
    Optional<Heard> decided(Message message) throws InterruptedException {
        return way.later().isPresent() ? way.later().get().decided(message, transcript) : Optional.empty();
    }

    /** What it has said of a message without being asked, if it has. */
    Optional<Heard> known(Message message) {
        return way.later().flatMap(later -> later.known(message));
    }

    boolean answersLater() {
        return way.later().isPresent();
    }

    /** @param ticket by which it wants to be asked, or null */
    Heard ask(Message application, @Nullable String ticket) throws InterruptedException {
        Message asked = ticket == null ? application : application.with("delivery.ticket", ticket);
        Rendered question =
                way.mappings().render(way.partner().id(), QUERY, asked.item(), asked.envelope(), way.days());
        return answer(asked, QUERY, question, false);
    }

    /** What it says without being called. */
    Heard unasked(byte[] body, @Nullable String mediaType) {
        ObjectNode context = JsonMapper.shared().createObjectNode();
        receivedNow(context);
        return read(body, mediaType, context);
    }

    /** An office that asks for patience gets it, as it would from the hub. */
    private Heard answer(Message message, String operation, Rendered body, boolean repeated)
            throws InterruptedException {
        Reply reply = attempt(message, operation, body, repeated);
        for (int again = 0; again < REPEATED_AT_MOST && reply instanceof Reply.Unavailable busy; again++) {
            Duration wait = busy.retryAfter();
            if (wait == null || wait.compareTo(LONGEST_WAIT) > 0) {
                break;
            }
            Thread.sleep(wait.toMillis());
            reply = attempt(message, operation, body, repeated);
        }
        return heard(message, operation, reply);
    }

    private Reply attempt(Message message, String operation, Rendered body, boolean repeated)
            throws InterruptedException {
        way.pace().keep();
        transcript.sent(operation, body.body());
        Reply reply = way.channel().call(call(message, operation, body, repeated));
        if (reply instanceof Reply.Answered answered) {
            transcript.came(operation, answered.body());
        } else {
            transcript.came(operation, reply.reason());
        }
        return reply;
    }

    /** A message as channels take it. */
    Call call(Message message, Rendered body) {
        return call(message, message.document(), body, false);
    }

    private Call call(Message message, String operation, Rendered body, boolean repeated) {
        return new Call(
                message.id(),
                UUID.randomUUID(),
                operation,
                message.caseNo(),
                body.body(),
                body.mediaType(),
                way.partner().deadline(),
                repeated,
                null);
    }

    private Heard heard(Message message, String operation, Reply reply) {
        if (reply instanceof Reply.Answered answered) {
            ObjectNode context = JsonMapper.shared().createObjectNode();
            context.putObject("call").put("operation", operation).put("document", message.document());
            receivedNow(context).put("status", answered.status());
            context.putObject("message").put("id", message.id().toString());
            context.putObject("case").put("caseNo", message.caseNo());
            Heard heard = read(answered.body(), answered.mediaType(), context);
            return speaksOfAnother(message, heard)
                    ? Heard.without(Meaning.UNCLEAR, "the answer speaks of another case")
                    : heard;
        }
        return Heard.without(meaning(reply), reply instanceof Reply.Taken ? "taken" : reply.reason());
    }

    private static Meaning meaning(Reply reply) {
        if (reply instanceof Reply.Taken) {
            return Meaning.TAKEN;
        }
        if (reply instanceof Reply.Refused) {
            return Meaning.REFUSED;
        }
        if (reply instanceof Reply.Invalid) {
            return Meaning.INVALID;
        }
        if (reply instanceof Reply.CredentialsRefused) {
            return Meaning.CREDENTIALS_REFUSED;
        }
        return reply instanceof Reply.Unknown ? Meaning.UNCLEAR : Meaning.UNAVAILABLE;
    }

    private static boolean speaksOfAnother(Message message, Heard heard) {
        String caseNo = message.caseNo();
        return heard.reading() != null
                && heard.reading().document() != null
                && !heard.reading().document().path("caseNo").asString(caseNo).equals(caseNo);
    }

    private static ObjectNode receivedNow(ObjectNode context) {
        return context.putObject("transport")
                .put("receivedAt", Instant.now().atOffset(ZoneOffset.UTC).toString());
    }

    private Heard read(byte[] body, @Nullable String mediaType, ObjectNode context) {
        try {
            Reading reading = way.mappings()
                    .read(way.partner().id(), ANSWERS, way.channel().open(body), mediaType, context, way.days());
            return new Heard(meaning(reading), said(reading), reading, misfit(reading));
        } catch (AnswerGarbled | Garbled | MappingFailed unreadable) {
            return Heard.without(Meaning.UNCLEAR, String.valueOf(unreadable.getMessage()));
        }
    }

    private static Meaning meaning(Reading reading) {
        return switch (reading.verdict()) {
            case DELIVERED -> Meaning.TAKEN;
            case REFUSED -> Meaning.REFUSED;
            case UNAVAILABLE -> Meaning.UNAVAILABLE;
            case NEVER_RECEIVED -> Meaning.NEVER_RECEIVED;
            case INVALID -> Meaning.INVALID;
            case UNKNOWN -> Meaning.UNCLEAR;
        };
    }

    private static String said(Reading reading) {
        String word = reading.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String with = reading.documentType() == null ? "" : ", with a " + reading.documentType();
        return word + with + (reading.reason() == null ? "" : ": " + reading.reason());
    }

    private @Nullable String misfit(Reading reading) {
        if (reading.document() == null) {
            return null;
        }
        return way.schemas().check(reading.documentType(), reading.document()).stream()
                .findFirst()
                .map(finding -> "its %s does not fit: %s is %s; expected %s"
                        .formatted(reading.documentType(), finding.pointer(), finding.found(), finding.expected()))
                .orElse(null);
    }
}
