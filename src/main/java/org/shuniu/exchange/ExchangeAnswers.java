package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.shuniu.intake.Problem;
import org.shuniu.signature.SignatureRefused;
import org.shuniu.store.Json;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/** Refusals as problem+json, with the waiting times that go with them. */
final class ExchangeAnswers {

    private static final Set<String> OF_CONTENT = Set.of("digest-mismatch");

    private ExchangeAnswers() {}

    static Problem problem(SignatureRefused refusal) {
        return Problem.of(refusal.name(), OF_CONTENT.contains(refusal.name()) ? 400 : 401, refusal.getMessage());
    }

    static void write(HttpServletResponse response, Problem problem) throws IOException {
        write(response, problem, null);
    }

    /** @param signatureBase what the hub computed, for whom it helps to sign right, or null */
    static void write(HttpServletResponse response, Problem problem, String signatureBase) throws IOException {
        ResponseEntity<byte[]> answer = of(problem, signatureBase);
        response.setStatus(problem.status());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.getOutputStream().write(answer.getBody());
    }

    static ResponseEntity<byte[]> of(Problem problem) {
        return of(problem, null);
    }

    private static ResponseEntity<byte[]> of(Problem problem, String signatureBase) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        switch (problem.name()) {
            case "in-progress" -> answer.header(HttpHeaders.RETRY_AFTER, "2");
            case "gap", "overloaded" -> answer.header(HttpHeaders.RETRY_AFTER, "5");
            case "quota" -> answer.header(HttpHeaders.RETRY_AFTER, "60");
            default -> answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        ObjectNode json = Json.object();
        json.put("type", "urn:shuniu:problem:" + problem.name());
        json.put("title", problem.title());
        json.put("status", problem.status());
        json.put("traceId", UUID.randomUUID().toString());
        problem.findings()
                .forEach(finding -> json.withArray("findings")
                        .addObject()
                        .put("pointer", finding.pointer())
                        .put("rule", finding.rule())
                        .put("found", finding.found())
                        .put("expected", finding.expected()));
        if (signatureBase != null) {
            json.put("signatureBase", signatureBase);
        }
        return answer.body(Json.bytes(json));
    }
}
