package org.shuniu.enrichment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.shuniu.store.CaseFiles;

/**
 * One use of one electronic certificate: for one document, one receiver and a time.
 *
 * @param id the request's id at the library, the same on every attempt
 * @param deliveryId the delivery that waits for it
 * @param messageId the document whose material names the certificate
 * @param material its place in the document's materials
 * @param type code of {@code certificates.csv}
 * @param library the partner that is asked
 * @param askedBy the partner that sent the document
 * @param step which of the library's operations is under way, from 0
 * @param stepId the message that asks for it
 * @param paperAt when the receiver is told to go on with paper, or null
 * @param body what was given so far, sealed, or null
 */
record CertificateUse(
        UUID id,
        UUID deliveryId,
        UUID messageId,
        String caseNo,
        int material,
        String type,
        String library,
        String itemCode,
        String askedBy,
        String purpose,
        Instant validFrom,
        Instant validTo,
        int step,
        UUID stepId,
        Instant paperAt,
        byte[] body) {

    /** The column that is sealed, by the name under which it is. */
    static final String SEALED = "certificate_use.body";

    static CertificateUse read(ResultSet row, int number) throws SQLException {
        return new CertificateUse(
                row.getObject("id", UUID.class),
                row.getObject("delivery_id", UUID.class),
                row.getObject("message_id", UUID.class),
                row.getString("case_no"),
                row.getInt("material"),
                row.getString("type"),
                row.getString("library"),
                row.getString("item_code"),
                row.getString("asked_by"),
                row.getString("purpose"),
                CaseFiles.instant(row, "valid_from"),
                CaseFiles.instant(row, "valid_to"),
                row.getInt("step"),
                row.getObject("step_id", UUID.class),
                CaseFiles.instant(row, "paper_at"),
                row.getBytes("body"));
    }

    /** The same use at a later step. */
    CertificateUse at(int laterStep, UUID laterStepId) {
        return new CertificateUse(
                id,
                deliveryId,
                messageId,
                caseNo,
                material,
                type,
                library,
                itemCode,
                askedBy,
                purpose,
                validFrom,
                validTo,
                laterStep,
                laterStepId,
                paperAt,
                body);
    }

    /** Evidence of the use: for what and until when; by whom and for whom stand in the other columns of the event. */
    String evidence() {
        return "use %s of %s for item %s, asked by %s, until %s".formatted(id, type, itemCode, askedBy, validTo);
    }
}
