package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.SignatureRefused;
import org.shuniu.store.Json;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What all entries for regions share: the door has said who calls, and refusals are answered as the exchange does. */
abstract class ExchangeEntry {

    static Caller caller(HttpServletRequest request) {
        return (Caller) request.getAttribute(Caller.ATTRIBUTE);
    }

    /** With the longest wait for a part of it, the body of a key that is taken back is over while the key dies. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(20);

    private static final int PIECE = 16 * 1024;

    /** What a region says and signs of something, such as a receipt: short, and the very bytes that were signed. */
    static byte[] word(HttpServletRequest request) throws IOException {
        return body(request, EvidenceLadder.LARGEST);
    }

    /**
     * The very bytes that were signed, which must all come within twenty seconds.
     *
     * @param most bytes
     */
    static byte[] body(HttpServletRequest request, int most) throws IOException {
        InputStream in = request.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long began = System.nanoTime();
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            body.write(piece, 0, count);
            if (body.size() > most) {
                throw SubmissionRefused.of("too-large", 413, "The body is larger than %d bytes".formatted(most));
            }
            if (System.nanoTime() - began > LONGEST) {
                throw SubmissionRefused.of("request-timeout", 408, "The body did not come in time");
            }
        }
        byte[] whole = body.toByteArray();
        ContentDigest.check(Collections.list(request.getHeaders("Content-Digest")), whole);
        return whole;
    }

    static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (JacksonException malformed) {
            throw SubmissionRefused.of("malformed-json", 400, "The body must be a JSON object");
        }
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(SubmissionRefused refusal) {
        return ExchangeAnswers.of(refusal.problem());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(SignatureRefused refusal) {
        return ExchangeAnswers.of(ExchangeAnswers.problem(refusal));
    }
}
