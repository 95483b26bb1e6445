package org.shuniu.bench.search;

import java.time.LocalDate;

/**
 * One stored case, as people know it.
 *
 * @param idNumber of an applicant of some of the cases; not of this one
 */
public record Sample(
        String caseNo,
        String messageId,
        String deliveryId,
        String sender,
        String receiver,
        String item,
        String centre,
        String state,
        LocalDate day,
        String idNumber) {

    /** What its sender calls it. */
    String senderCaseNo() {
        return "S" + caseNo;
    }

    String idempotencyKey() {
        return "K" + caseNo;
    }
}
