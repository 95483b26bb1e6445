package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.shuniu.attachment.AttachmentRefused;
import org.shuniu.channel.RegionMessages;
import org.shuniu.document.CaseTimes;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.ContentDigest;
import org.shuniu.store.Json;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The inbox of a region that cannot be called: it fetches what is for it and signs for each message. */
@RestController
@RequestMapping(ExchangeDoor.ROOT + "/inbox")
@ConditionalOnProperty(name = "shuniu.exchange.enabled", havingValue = "true")
final class InboxController extends ExchangeEntry {

    private static final int MOST = 100;
    private static final int LONGEST_WAIT = 25;

    private final Inbox inbox;
    private final InboxPolls polls;
    private final SentAttachments attachments;
    private final AttachmentAnswers answers;
    private final ReceiptSigner signer;
    private final Clock clock;

    InboxController(
            Inbox inbox,
            InboxPolls polls,
            SentAttachments attachments,
            AttachmentAnswers answers,
            ReceiptSigner signer,
            Clock clock) {
        this.inbox = inbox;
        this.polls = polls;
        this.attachments = attachments;
        this.answers = answers;
        this.signer = signer;
        this.clock = clock;
    }

    @GetMapping
    DeferredResult<ResponseEntity<byte[]>> list(
            @RequestParam(defaultValue = "20") int max,
            @RequestParam(defaultValue = "0") int wait,
            HttpServletRequest request) {
        Caller caller = fetching(request);
        Duration longest = Duration.ofSeconds(Math.max(0, Math.min(wait, LONGEST_WAIT)));
        return polls.poll(caller.partner(), Math.max(1, Math.min(max, MOST)), longest, this::listed);
    }

    private ResponseEntity<byte[]> listed(UUID lease, List<Inbox.Item> items) {
        ObjectNode json = Json.object();
        json.put("lease", lease.toString());
        json.put("leaseSeconds", Inbox.LEASE.toSeconds());
        json.putArray("messages");
        items.forEach(item -> json.withArray("messages")
                .addObject()
                .put("messageId", item.messageId().toString())
                .put("type", item.type())
                .put("subject", item.subject())
                .put("contentDigest", ContentDigest.field(item.digest()))
                .put("writtenAt", CaseTimes.dateTime(item.writtenAt())));
        return signed(ReceiptSigner.MEDIA_TYPE, Json.bytes(json));
    }

    /** The envelope as it was written, whoever holds it. */
    @GetMapping("/{id}")
    ResponseEntity<byte[]> message(@PathVariable String id, HttpServletRequest request) {
        return signed(
                Envelope.MEDIA_TYPE,
                inbox.body(fetching(request).partner(), uuid(id)).orElseThrow(InboxController::absent));
    }

    /** What a message names, for as long as the message is here. */
    @GetMapping("/{id}/attachments/{digest}")
    ResponseEntity<InputStreamResource> attachment(
            @PathVariable String id, @PathVariable String digest, HttpServletRequest request) {
        UUID messageId = uuid(id);
        byte[] envelope = inbox.body(fetching(request).partner(), messageId).orElseThrow(InboxController::absent);
        return attachments.named(messageId, envelope).stream()
                .filter(attachment -> attachment.digest().equals(digest))
                .findFirst()
                .map(attachment -> answers.content(
                        request, digest, attachment.length(), from -> attachments.open(attachment, from)))
                .orElseThrow(InboxController::absent);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> notHere(RegionMessages.NotWritten not) {
        return ExchangeAnswers.of(Problem.of("not-found", 404, not.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(AttachmentRefused refusal) {
        return AttachmentAnswers.refused(refusal);
    }

    /** The region has it, and answers for it. */
    @PostMapping("/{id}/receipt")
    ResponseEntity<byte[]> receipt(
            @PathVariable String id, @RequestParam(defaultValue = "") String lease, HttpServletRequest request)
            throws IOException {
        return settle(id, lease, EvidenceLadder.Kind.ACCEPTED, request);
    }

    /** The region will never have it as it is; a person here decides what then. */
    @PostMapping("/{id}/reject")
    ResponseEntity<byte[]> reject(
            @PathVariable String id, @RequestParam(defaultValue = "") String lease, HttpServletRequest request)
            throws IOException {
        return settle(id, lease, EvidenceLadder.Kind.REJECTED, request);
    }

    private ResponseEntity<byte[]> settle(String id, String lease, EvidenceLadder.Kind kind, HttpServletRequest request)
            throws IOException {
        Caller caller = fetching(request);
        String keyid = caller.signature().keyid();
        if (caller.profile().key(keyid, ExchangeProfile.Purpose.RECEIPT).isEmpty()) {
            throw SubmissionRefused.of("not-allowed", 403, "The key is not registered for receipts");
        }
        byte[] body = word(request);
        Inbox.Word word = word(caller, uuid(id), lease, kind, body);
        if (!inbox.settle(caller.partner(), word)) {
            throw SubmissionRefused.of("lease-lost", 409, "The lease was over; what was said is kept all the same");
        }
        return signed(
                ReceiptSigner.MEDIA_TYPE,
                Json.bytes(Json.object().put("messageId", id).put("state", kind.name())));
    }

    private Inbox.Word word(Caller caller, UUID id, String lease, EvidenceLadder.Kind kind, byte[] body) {
        JsonNode said = tree(body);
        String problem = said.path("problem").asString("");
        boolean right = said.path("kind").asString("").equals(kind.name())
                && said.path("messageId").asString("").equals(id.toString())
                && (kind == EvidenceLadder.Kind.ACCEPTED || problem.matches("[a-z][a-z-]{0,39}"));
        if (!right) {
            throw SubmissionRefused.of(
                    "schema-invalid",
                    422,
                    "Expected kind %s, messageId and contentDigest, and problem (a word) of a rejection"
                            .formatted(kind));
        }
        EvidenceLadder.Step step = EvidenceLadder.Step.of(
                new EvidenceLadder.Chain(caller.partner(), EvidenceLadder.Direction.SENT),
                id.toString(),
                kind,
                clock.instant(),
                EvidenceLadder.Signed.by(caller.signature(), body));
        return new Inbox.Word(
                id,
                lease.isEmpty() ? new UUID(0, 0) : uuid(lease),
                kind == EvidenceLadder.Kind.ACCEPTED ? null : problem,
                digest(said.path("contentDigest").asString("")),
                step);
    }

    private static byte[] digest(String field) {
        try {
            return Base64.getDecoder().decode(field.replaceAll("^sha-256=:|:$", ""));
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw absent();
        }
    }

    private static SubmissionRefused absent() {
        return SubmissionRefused.of("not-found", 404, "There is no message of this id in your inbox");
    }

    /** Only a region that fetches has an inbox. */
    private static Caller fetching(HttpServletRequest request) {
        Caller caller = caller(request);
        if (!caller.profile().directions().contains(ExchangeProfile.Direction.PULL)) {
            throw SubmissionRefused.of("not-allowed", 403, "The profile has no direction pull");
        }
        return caller;
    }

    private ResponseEntity<byte[]> signed(String mediaType, byte[] answer) {
        return SignedAnswer.now(signer, mediaType, answer, clock.instant());
    }
}
