package org.shuniu.intake;

import java.util.List;
import org.shuniu.joint.CasePart;
import org.shuniu.store.CaseFile;
import org.shuniu.store.StoredMessage;

/**
 * A submission with everything decided that one commit will make true.
 *
 * @param message what will be stored
 * @param file the case as it will stand
 * @param statuses the statuses that the case passes through, in order; the last one is the file's
 * @param receivers who will receive the message
 * @param urgent whether its deliveries go before others
 * @param receipt the sender's receipt
 * @param before the case's status when it was routed, or null for a new case
 * @param parts of the offices that decide the case together, where it begins with them
 */
record RoutedSubmission(
        CheckedSubmission checked,
        StoredMessage message,
        CaseFile file,
        List<String> statuses,
        List<String> receivers,
        boolean urgent,
        byte[] receipt,
        String before,
        List<CasePart> parts) {

    boolean newCase() {
        return before == null;
    }
}
