package org.shuniu.attachment;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.UUID;
import org.shuniu.store.Json;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Uploads and reads attachments by their digest; an upload that broke goes on where HEAD says. */
@RestController
@RequestMapping("/api/v1/attachments/{digest}")
final class AttachmentController {

    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final String COMPLETE = "Upload-Complete";

    private final AttachmentStore store;

    AttachmentController(AttachmentStore store) {
        this.store = store;
    }

    @RequestMapping(method = RequestMethod.PUT)
    ResponseEntity<Void> put(@PathVariable String digest, HttpServletRequest request, Principal owner)
            throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0) {
            throw new AttachmentRefused("bad-request", 411, "PUT needs a Content-Length; use PATCH for parts");
        }
        boolean there = store.state(owner.getName(), digest)
                .map(AttachmentStore.State::complete)
                .orElse(false);
        AttachmentStore.State state = store.append(
                owner.getName(),
                digest,
                new AttachmentStore.Part(AttachmentStore.ANEW, length, request.getInputStream(), () -> {}));
        return answer(there || !state.complete() ? HttpStatus.OK : HttpStatus.CREATED, state);
    }

    @RequestMapping(method = RequestMethod.PATCH)
    ResponseEntity<Void> patch(
            @PathVariable String digest,
            @RequestHeader(OFFSET) long offset,
            @RequestHeader(name = LENGTH, required = false) Long length,
            HttpServletRequest request,
            Principal owner)
            throws IOException {
        long whole = length != null ? length : known(owner, digest);
        if (offset < 0 || whole < offset) {
            throw new AttachmentRefused("bad-request", 400, "Upload-Offset must be between 0 and Upload-Length");
        }
        return answer(
                HttpStatus.NO_CONTENT,
                store.append(
                        owner.getName(),
                        digest,
                        new AttachmentStore.Part(offset, whole, request.getInputStream(), () -> {})));
    }

    private long known(Principal owner, String digest) {
        return store.state(owner.getName(), digest)
                .map(AttachmentStore.State::length)
                .filter(length -> length >= 0)
                .orElseThrow(() -> new AttachmentRefused(
                        "bad-request", 400, "The first part must say the Upload-Length of the whole"));
    }

    @RequestMapping(method = RequestMethod.HEAD)
    ResponseEntity<Void> head(@PathVariable String digest, Principal owner) {
        return store.state(owner.getName(), digest)
                .map(state -> answer(HttpStatus.OK, state))
                .orElseThrow(AttachmentController::absent);
    }

    @RequestMapping(method = RequestMethod.GET)
    ResponseEntity<InputStreamResource> get(@PathVariable String digest, Principal owner) {
        AttachmentStore.State state = store.state(owner.getName(), digest)
                .filter(AttachmentStore.State::complete)
                .orElseThrow(AttachmentController::absent);
        InputStream content = store.open(owner.getName(), digest, 0);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(state.length())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .body(new InputStreamResource(content));
    }

    private static AttachmentRefused absent() {
        return new AttachmentRefused("not-found", 404, "You have no attachment of this digest");
    }

    private static ResponseEntity<Void> answer(HttpStatus status, AttachmentStore.State state) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .header(OFFSET, Long.toString(state.offset()))
                .header(COMPLETE, state.complete() ? "?1" : "?0");
        if (state.length() >= 0) {
            answer.header(LENGTH, Long.toString(state.length()));
        }
        return answer.build();
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(AttachmentRefused refusal) {
        ObjectNode problem = Json.object();
        problem.put("type", "urn:shuniu:problem:" + refusal.name());
        problem.put("title", refusal.getMessage());
        problem.put("status", refusal.status());
        problem.put("traceId", UUID.randomUUID().toString());
        problem.putArray("findings");
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(refusal.status());
        if (refusal.offset() >= 0) {
            answer.header(OFFSET, Long.toString(refusal.offset()));
        }
        if (refusal.status() == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, "60");
        } else if (refusal.name().equals("state-conflict")) {
            answer.header(HttpHeaders.RETRY_AFTER, "5");
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(Json.bytes(problem));
    }
}
