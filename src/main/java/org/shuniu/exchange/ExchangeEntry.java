package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
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

    /** What a region says and signs of something, such as a receipt: short, and the very bytes that were signed. */
    static byte[] word(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(EvidenceLadder.LARGEST + 1);
        if (body.length > EvidenceLadder.LARGEST) {
            throw SubmissionRefused.of(
                    "too-large", 413, "The body is larger than %d bytes".formatted(EvidenceLadder.LARGEST));
        }
        ContentDigest.check(Collections.list(request.getHeaders("Content-Digest")), body);
        return body;
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
