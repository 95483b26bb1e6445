package org.shuniu.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes results that partners send by themselves: kept as received before the 202, read afterwards. */
@RestController
final class CallbackController {

    private final ReceivedAnswers received;

    CallbackController(ReceivedAnswers received) {
        this.received = received;
    }

    @PostMapping("/callback/v1/{partner}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> result(@PathVariable String partner, HttpServletRequest request, Principal caller)
            throws IOException {
        if (!caller.getName().equals(partner)) {
            throw new SubmissionRefused(Problem.of("not-found", 404, "This entry belongs to another partner"));
        }
        byte[] body = SubmissionController.body(request);
        received.keep(partner, "callback", null, request.getHeader(HttpHeaders.CONTENT_TYPE), body);
        return Map.of("received", true);
    }
}
