package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.shuniu.attachment.AttachmentRefused;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.intake.Problem;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Signed answers about attachments: how much of one is here, and its content or a range of it. */
final class AttachmentAnswers {

    private static final String MEDIA_TYPE = "application/octet-stream";
    private static final String OFFSET = "Upload-Offset";

    private final ReceiptSigner signer;
    private final Clock clock;

    AttachmentAnswers(ReceiptSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** What the hub has of the content of this address. */
    ResponseEntity<Void> state(String address, AttachmentStore.State state) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Repr-Digest", representation(address));
        fields.put(OFFSET, Long.toString(state.offset()));
        fields.put("Upload-Length", Long.toString(state.length()));
        fields.put("Upload-Complete", state.complete() ? "?1" : "?0");
        return signed(200, fields).build();
    }

    /**
     * The content, or what the request's Range asks for of it; whoever has all of it knows by its address that it is right.
     *
     * @param from opens it from an offset on
     */
    ResponseEntity<InputStreamResource> content(
            HttpServletRequest request, String address, long length, LongFunction<InputStream> from) {
        ByteRange range =
                ByteRange.of(request.getHeader(HttpHeaders.RANGE), length).orElse(null);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        if (range == null) {
            fields.put("Content-Digest", representation(address));
        } else {
            fields.put(HttpHeaders.CONTENT_RANGE, range.of(length));
        }
        fields.put("Repr-Digest", representation(address));
        InputStream content = from.apply(range == null ? 0 : range.first());
        return signed(range == null ? 200 : 206, fields)
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .contentLength(range == null ? length : range.length())
                .body(new InputStreamResource(range == null ? content : new FirstBytes(content, range.length())));
    }

    /** The digest in an address as a digest field says it. */
    private static String representation(String address) {
        int colon = address.indexOf(':');
        byte[] digest = HexFormat.of().parseHex(address, colon + 1, address.length());
        return ContentDigest.field(address.startsWith("sm3:") ? "sm3" : "sha-256", digest);
    }

    private ResponseEntity.BodyBuilder signed(int status, Map<String, String> fields) {
        Map<String, String> covered = new LinkedHashMap<>();
        fields.forEach((name, value) -> covered.put(name.toLowerCase(Locale.ROOT), value));
        MessageSigner.Signed signature = signer.sign(status, covered, clock.instant());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        fields.forEach(answer::header);
        return answer.header("Signature-Input", signature.input())
                .header("Signature", signature.signature())
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** A refusal of the store's; with the offset at which to go on, where that is what is wrong. */
    static ResponseEntity<byte[]> refused(AttachmentRefused refusal) {
        String name = refusal.name().equals("state-conflict") ? "in-progress" : refusal.name();
        ResponseEntity<byte[]> answer = ExchangeAnswers.of(Problem.of(name, refusal.status(), refusal.getMessage()));
        return refusal.offset() < 0
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .headers(answer.getHeaders())
                        .header(OFFSET, Long.toString(refusal.offset()))
                        .body(answer.getBody());
    }
}
