package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shuniu.document.DocumentReader;
import org.shuniu.gateway.GatewayComponent;
import org.shuniu.intake.Acceptance;
import org.shuniu.intake.AlreadyAccepted;
import org.shuniu.intake.Resends;
import org.shuniu.intake.Submission;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.store.Json;
import org.shuniu.store.StoredMessage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes in what other regions' hubs send: each accepted message gets the receipt that the hub signed. */
@RestController
@RequestMapping(ExchangeDoor.ROOT)
@ConditionalOnProperty(name = "shuniu.exchange.enabled", havingValue = "true")
final class MessagesController extends ExchangeEntry {

    private static final Pattern KEY = Pattern.compile("\"([A-Za-z0-9-]{16,64})\"");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("application/cloudevents\\+json(\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    /** What each type of message brings. */
    private static final Map<String, String> DOCUMENTS = Map.of(
            Envelope.SUBMITTED,
            "application",
            "cn.shuniu.case.supplemented.v1",
            "supplement",
            "cn.shuniu.case.withdrawn.v1",
            "withdrawal",
            "cn.shuniu.case.status.v1",
            "status",
            "cn.shuniu.case.result.v1",
            "result",
            "cn.shuniu.case.step.v1",
            ReturnedMessages.STEP,
            "cn.shuniu.case.progress.v1",
            "progress",
            "cn.shuniu.evidence.v1",
            "evidence");

    private final GatewayComponent gateway;
    private final ExchangeProperties settings;
    private final ExchangeStore store;
    private final ReturnedMessages returned;
    private final ReceiptSigner signer;
    private final Resends resends;
    private final RegionCodes codes;
    private final Clock clock;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    MessagesController(
            GatewayComponent gateway,
            ExchangeProperties settings,
            ExchangeStore store,
            ReturnedMessages returned,
            ReceiptSigner signer,
            Resends resends,
            RegionCodes codes,
            Clock clock) {
        this.gateway = gateway;
        this.settings = settings;
        this.store = store;
        this.returned = returned;
        this.signer = signer;
        this.resends = resends;
        this.codes = codes;
        this.clock = clock;
    }

    @PostMapping("/messages")
    ResponseEntity<byte[]> message(HttpServletRequest request) throws IOException {
        Caller caller = caller(request);
        byte[] body = body(request, caller);
        String key = key(request);
        String place = caller.partner() + "/" + key;
        if (!inProgress.add(place)) {
            throw SubmissionRefused.of("in-progress", 409, "The same message is being accepted; send it again");
        }
        try {
            return accept(caller, key, body);
        } finally {
            inProgress.remove(place);
        }
    }

    /** Shows the sender what the hub took for signed; whoever gets here signs right. */
    @PostMapping("/echo")
    ResponseEntity<byte[]> echo(HttpServletRequest request) throws IOException {
        Caller caller = caller(request);
        byte[] body = body(request, caller);
        byte[] answer = Json.bytes(Json.object()
                .put("party", caller.profile().party())
                .put("keyid", caller.signature().keyid())
                .put("signatureBase", caller.signature().base())
                .put("contentDigest", ContentDigest.of(body)));
        return new SignedAnswer(200, answer, signer.sign(200, answer, clock.instant())).build();
    }

    private ResponseEntity<byte[]> accept(Caller caller, String key, byte[] body) {
        SignedEnvelope cover = null;
        Acceptance acceptance;
        try {
            Envelope envelope = read(caller, key, body);
            cover = new SignedEnvelope(caller, envelope, body, signer);
            acceptance = hand(caller, envelope, cover);
        } catch (AlreadyAccepted resend) {
            acceptance = resend.acceptance();
        }
        if (acceptance.replayed()) {
            MessageSigner.Signed again = signer.sign(200, acceptance.receipt(), clock.instant());
            return new SignedAnswer(200, acceptance.receipt(), again)
                    .with("Idempotent-Replayed", "true")
                    .build();
        }
        return new SignedAnswer(202, acceptance.receipt(), cover.receiptSignature()).build();
    }

    /** What was accepted once is answered by its receipt, whatever the rules are now. */
    private Envelope read(Caller caller, String key, byte[] body) {
        try {
            Envelope envelope = Envelope.read(body, key, caller.profile().party(), settings.party(), clock.instant());
            if (!DOCUMENTS.containsKey(envelope.type())
                    || !caller.profile().allowed().containsKey(envelope.type())) {
                throw SubmissionRefused.of("not-allowed", 403, "The profile does not allow this type of message");
            }
            store.early(caller, envelope).ifPresent(MessagesController::refuse);
            return envelope.returns() ? envelope : envelope.with(codes.read(caller.partner(), envelope.data()));
        } catch (SubmissionRefused refusal) {
            resends.answerIfKnown(caller.partner(), key, StoredMessage.digestOf(body));
            throw refusal;
        }
    }

    private Acceptance hand(Caller caller, Envelope envelope, SignedEnvelope cover) {
        String document = DOCUMENTS.get(envelope.type());
        if (envelope.returns() || document.equals(ReturnedMessages.STEP)) {
            return returned.accept(document, cover);
        }
        String caseNo = document.equals("application")
                ? null
                : store.caseNo(caller.partner(), envelope.subjectCase()).orElseThrow(() -> unknown(envelope));
        Submission submission =
                new Submission(caller.partner(), document, envelope.id(), caseNo, envelope.data(), cover);
        String gate = caller.partner() + "/" + document;
        try {
            return gateway.hand(gate, submission, Acceptance.class);
        } catch (SubmissionRefused refusal) {
            if (!refusal.problem().name().equals("state-conflict")) {
                throw refusal;
            }
            // The sender takes this for final, and the case may only have moved while the message was on its way in.
            return gateway.hand(gate, submission, Acceptance.class);
        }
    }

    /** A case may begin with a message that is still to come. */
    private static SubmissionRefused unknown(Envelope envelope) {
        return envelope.seq() != null && envelope.seq() > 1
                ? CaseOrder.gap("the one that began it is not here")
                : SubmissionRefused.of("not-found", 404, "You have no case of this subject");
    }

    private static void refuse(SubmissionRefused refusal) {
        throw refusal;
    }

    private static byte[] body(HttpServletRequest request, Caller caller) throws IOException {
        String type = request.getContentType();
        if (type == null || !MEDIA_TYPE.matcher(type).matches()) {
            throw SubmissionRefused.of(
                    "unsupported-media-type", 415, "The Content-Type must be application/cloudevents+json");
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw SubmissionRefused.of("unsupported-media-type", 415, "A body must not be encoded");
        }
        int most =
                (int) Math.min(DocumentReader.LARGEST, caller.profile().limits().messageBytes());
        return body(request, most);
    }

    private static String key(HttpServletRequest request) {
        Matcher key = KEY.matcher(request.getHeader("Idempotency-Key").strip());
        if (!key.matches()) {
            throw SubmissionRefused.of(
                    "missing-key", 400, "Idempotency-Key must be 16 to 64 of A-Z, a-z, 0-9 and - in quotation marks");
        }
        return key.group(1);
    }
}
