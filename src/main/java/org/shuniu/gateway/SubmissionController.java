package org.shuniu.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import org.shuniu.document.DocumentReader;
import org.shuniu.intake.Acceptance;
import org.shuniu.intake.AlreadyAccepted;
import org.shuniu.intake.Problem;
import org.shuniu.intake.Submission;
import org.shuniu.intake.SubmissionRefused;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes in applications and the further documents of a case. */
@RestController
final class SubmissionController {

    private final GatewayComponent gateway;

    SubmissionController(GatewayComponent gateway) {
        this.gateway = gateway;
    }

    @PostMapping("/api/v1/applications")
    ResponseEntity<byte[]> application(HttpServletRequest request, Principal sender) throws IOException {
        return accept("application", null, request, sender);
    }

    @PostMapping("/api/v1/cases/{caseNo}/supplements")
    ResponseEntity<byte[]> supplement(@PathVariable String caseNo, HttpServletRequest request, Principal sender)
            throws IOException {
        return accept("supplement", caseNo, request, sender);
    }

    @PostMapping("/api/v1/cases/{caseNo}/withdrawal")
    ResponseEntity<byte[]> withdrawal(@PathVariable String caseNo, HttpServletRequest request, Principal sender)
            throws IOException {
        return accept("withdrawal", caseNo, request, sender);
    }

    @PostMapping("/api/v1/cases/{caseNo}/paper")
    ResponseEntity<byte[]> paper(@PathVariable String caseNo, HttpServletRequest request, Principal sender)
            throws IOException {
        return accept("paper", caseNo, request, sender);
    }

    private ResponseEntity<byte[]> accept(String document, String caseNo, HttpServletRequest request, Principal sender)
            throws IOException {
        requireJson(request);
        Submission submission = new Submission(sender.getName(), document, key(request), caseNo, body(request));
        try {
            return answer(gateway.hand(sender.getName() + "/" + document, submission, Acceptance.class));
        } catch (AlreadyAccepted resend) {
            return answer(resend.acceptance());
        }
    }

    private static ResponseEntity<byte[]> answer(Acceptance acceptance) {
        ResponseEntity.BodyBuilder answer = acceptance.replayed()
                ? ResponseEntity.ok().header("Idempotent-Replayed", "true")
                : ResponseEntity.status(HttpStatus.ACCEPTED);
        return answer.contentType(MediaType.APPLICATION_JSON).body(acceptance.receipt());
    }

    private static String key(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders("Idempotency-Key"));
        if (keys.size() > 1) {
            throw new SubmissionRefused(Problem.of("bad-key", 400, "The header Idempotency-Key stands more than once"));
        }
        return keys.isEmpty() ? null : keys.get(0).replaceAll("^\"(.*)\"$", "$1");
    }

    private static void requireJson(HttpServletRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.strip().toLowerCase(java.util.Locale.ROOT).matches("application/json(\\s*;.*)?")) {
            throw new SubmissionRefused(
                    Problem.of("unsupported-media-type", 415, "The Content-Type must be application/json"));
        }
    }

    /** One byte more than allowed is enough to know; the rest is never read. */
    static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(DocumentReader.LARGEST + 1);
        if (body.length > DocumentReader.LARGEST) {
            throw new SubmissionRefused(Problem.of(
                    "too-large", 413, "The document is larger than %d bytes".formatted(DocumentReader.LARGEST)));
        }
        return body;
    }
}
