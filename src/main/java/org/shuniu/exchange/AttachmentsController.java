package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import org.shuniu.attachment.AttachmentRefused;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.signature.DigestedBody;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Takes in the attachments of regions before the messages that name them; each region sees its own and no other's. */
@RestController
@RequestMapping(ExchangeDoor.ROOT + "/attachments/{digest}")
@ConditionalOnProperty(name = "shuniu.exchange.enabled", havingValue = "true")
final class AttachmentsController extends ExchangeEntry {

    private final AttachmentStore store;
    private final AttachmentAnswers answers;

    AttachmentsController(AttachmentStore store, AttachmentAnswers answers) {
        this.store = store;
        this.answers = answers;
    }

    @RequestMapping(method = RequestMethod.HEAD)
    ResponseEntity<Void> head(@PathVariable String digest, HttpServletRequest request) {
        return answers.state(
                digest, store.state(caller(request).partner(), digest).orElseThrow(AttachmentsController::absent));
    }

    @RequestMapping(method = RequestMethod.PUT)
    ResponseEntity<Void> put(@PathVariable String digest, HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0) {
            throw SubmissionRefused.of("bad-request", 411, "PUT needs a Content-Length; use PATCH for parts");
        }
        return append(request, digest, AttachmentStore.ANEW, length);
    }

    @RequestMapping(method = RequestMethod.PATCH)
    ResponseEntity<Void> patch(
            @PathVariable String digest,
            @RequestHeader("Upload-Offset") long offset,
            @RequestHeader("Upload-Length") long length,
            HttpServletRequest request)
            throws IOException {
        if (offset < 0 || length < offset) {
            throw SubmissionRefused.of("bad-request", 400, "Upload-Offset must be between 0 and Upload-Length");
        }
        return append(request, digest, offset, length);
    }

    private ResponseEntity<Void> append(HttpServletRequest request, String digest, long offset, long length)
            throws IOException {
        Caller caller = caller(request);
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            throw SubmissionRefused.of("unsupported-media-type", 415, "A body must not be encoded");
        }
        long most = caller.profile().limits().attachmentBytes();
        if (length > most) {
            throw SubmissionRefused.of("too-large", 413, "The attachment is longer than %d bytes".formatted(most));
        }
        DigestedBody body =
                new DigestedBody(Collections.list(request.getHeaders("Content-Digest")), request.getInputStream());
        AttachmentStore.Part part = new AttachmentStore.Part(offset, length, body, body::check);
        return answers.state(digest, store.append(caller.partner(), digest, part));
    }

    @RequestMapping(method = RequestMethod.GET)
    ResponseEntity<InputStreamResource> get(@PathVariable String digest, HttpServletRequest request) {
        String partner = caller(request).partner();
        AttachmentStore.State state = store.state(partner, digest)
                .filter(AttachmentStore.State::complete)
                .orElseThrow(AttachmentsController::absent);
        return answers.content(request, digest, state.length(), from -> store.open(partner, digest, from));
    }

    private static SubmissionRefused absent() {
        return SubmissionRefused.of("not-found", 404, "You have no attachment of this digest");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(AttachmentRefused refusal) {
        return AttachmentAnswers.refused(refusal);
    }
}
