package org.shuniu.intake;

import java.util.ArrayList;
import java.util.List;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.StoredMessage;

/** What the acceptance of a message writes into the life of its case. */
final class AcceptanceEvents {

    private AcceptanceEvents() {}

    static List<CaseEvent> of(RoutedSubmission submission) {
        StoredMessage message = submission.message();
        List<CaseEvent> events = new ArrayList<>();
        events.add(accepted(message));
        submission.statuses().stream()
                .filter(status -> !status.equals(submission.before()))
                .forEach(status -> events.add(event(message, "status", null, status)));
        if (submission.checked().isPaper()) {
            events.add(paper(submission));
        }
        submission.receivers().forEach(receiver -> events.add(event(message, "routed", receiver, null)));
        return events;
    }

    private static CaseEvent accepted(StoredMessage message) {
        return new CaseEvent(
                message.acceptedAt(),
                message.caseNo(),
                message.id(),
                null,
                "accepted",
                message.partner(),
                null,
                message.document(),
                message.digest());
    }

    private static CaseEvent paper(RoutedSubmission submission) {
        StoredMessage message = submission.message();
        return new CaseEvent(
                message.acceptedAt(),
                message.caseNo(),
                message.id(),
                null,
                PaperPassage.step(submission.checked()).event(),
                message.partner(),
                null,
                PaperPassage.waybill(submission.checked()));
    }

    private static CaseEvent event(StoredMessage message, String kind, String partner, String status) {
        return new CaseEvent(message.acceptedAt(), message.caseNo(), message.id(), null, kind, partner, status, null);
    }
}
