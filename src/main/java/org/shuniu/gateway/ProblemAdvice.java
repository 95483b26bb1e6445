package org.shuniu.gateway;

import java.util.UUID;
import org.shuniu.document.Finding;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one funnel in which refusals and failures become problems (RFC 9457). */
@RestControllerAdvice
final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<byte[]> refused(SubmissionRefused refusal) {
        return answer(refusal.problem());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> noRoute(GatewayComponent.NoRoute none) {
        return answer(
                none.running()
                        ? Problem.of("not-allowed", 403, "This partner may not hand in this document")
                        : Problem.of("overloaded", 503, "The hub is starting or stopping; try again"));
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<byte[]> away(Exception away) {
        LOG.warn("A request was answered 503: {}", away.getClass().getSimpleName());
        return answer(Problem.of("overloaded", 503, "The hub cannot answer now; try again"));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> failed(Exception failure) {
        if (failure instanceof ErrorResponse known) {
            int status = known.getStatusCode().value();
            String name = status == 404 ? "not-found" : status == 415 ? "unsupported-media-type" : "bad-request";
            return answer(Problem.of(name, status, "There is nothing here that answers such a request"));
        }
        String trace = UUID.randomUUID().toString();
        LOG.error("Request {} failed", trace, failure);
        return answer(Problem.of("failure", 500, "The hub failed; its operators find the cause by the traceId"), trace);
    }

    static ResponseEntity<byte[]> answer(Problem problem) {
        return answer(problem, UUID.randomUUID().toString());
    }

    private static ResponseEntity<byte[]> answer(Problem problem, String trace) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, "5");
        }
        return answer.body(Json.bytes(json(problem, trace)));
    }

    private static ObjectNode json(Problem problem, String trace) {
        ObjectNode json = Json.object();
        json.put("type", "urn:shuniu:problem:" + problem.name());
        json.put("title", problem.title());
        json.put("status", problem.status());
        json.put("traceId", trace);
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : problem.findings()) {
            findings.addObject()
                    .put("pointer", finding.pointer())
                    .put("rule", finding.rule())
                    .put("found", finding.found())
                    .put("expected", finding.expected());
        }
        return json;
    }
}
