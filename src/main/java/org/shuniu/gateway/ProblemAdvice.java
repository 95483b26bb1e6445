package org.shuniu.gateway;

import java.io.IOException;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.shuniu.document.Finding;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.DatabaseAway;
import org.shuniu.store.Json;
import org.shuniu.vault.BodyErased;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one funnel in which refusals and failures become problems (RFC 9457). */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
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
        if (DatabaseAway.holdsNoSuchText(away)) {
            return known(400, HttpHeaders.EMPTY);
        }
        LOG.warn("A request was answered 503: {}", away.getClass().getSimpleName());
        return answer(Problem.of("overloaded", 503, "The hub cannot answer now; try again"));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> erased(BodyErased erased) {
        return answer(Problem.of("erased", 410, erased.getMessage()));
    }

    /** It is not logged: the parser's message quotes what it could not read. */
    @ExceptionHandler
    ResponseEntity<byte[]> unreadable(HttpMessageNotReadableException unreadable) {
        return answer(Problem.of("malformed-json", 400, "The body must be a JSON object of texts"));
    }

    @ExceptionHandler({TypeMismatchException.class, InvalidParameterException.class, IOException.class})
    ResponseEntity<byte[]> notUnderstood(Exception notUnderstood) {
        return known(400, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> failed(Exception failure) {
        if (failure instanceof ErrorResponse known) {
            return known(known.getStatusCode().value(), known.getHeaders());
        }
        String trace = UUID.randomUUID().toString();
        LOG.error("Request {} failed", trace, failure);
        return failure(trace);
    }

    /** A refusal that the framework or the server decided by status alone. */
    static ResponseEntity<byte[]> known(int status, HttpHeaders headers) {
        Problem problem = switch (status) {
            case 403 -> Problem.of("not-allowed", 403, "This token does not open this entry");
            case 404 -> Problem.of("not-found", 404, "There is nothing at this address");
            case 405 -> Problem.of("method-not-allowed", 405, "The address does not know this method");
            case 406 -> Problem.of("not-acceptable", 406, "The answer cannot be had in the type of Accept");
            case 413 -> Problem.of("too-large", 413, "The request is larger than the hub takes");
            case 415 -> Problem.of("unsupported-media-type", 415, "The address does not take this Content-Type");
            case 503 -> Problem.of("overloaded", 503, "The hub cannot answer now; try again");
            default -> Problem.of("bad-request", status, "A part of the request is missing or malformed");
        };
        if (status >= 500 && status != 503) {
            return failure(UUID.randomUUID().toString());
        }
        return answer(problem, UUID.randomUUID().toString(), headers);
    }

    private static ResponseEntity<byte[]> failure(String trace) {
        Problem problem = Problem.of("failure", 500, "The hub failed; its operators find the cause by the traceId");
        return answer(problem, trace, HttpHeaders.EMPTY);
    }

    static ResponseEntity<byte[]> answer(Problem problem) {
        return answer(problem, UUID.randomUUID().toString(), HttpHeaders.EMPTY);
    }

    private static ResponseEntity<byte[]> answer(Problem problem, String trace, HttpHeaders headers) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
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
