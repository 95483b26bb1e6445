package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.signature.SignatureRefused;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What all entries for regions share: the door has said who calls, and refusals are answered as the exchange does. */
abstract class ExchangeEntry {

    static Caller caller(HttpServletRequest request) {
        return (Caller) request.getAttribute(Caller.ATTRIBUTE);
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
