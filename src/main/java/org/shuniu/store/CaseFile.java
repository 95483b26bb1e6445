package org.shuniu.store;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Where a case stands.
 *
 * @param receiver the partner that decides the case
 * @param status a code of set {@code hub} in {@code case-status.csv}
 * @param receivingCentre where the papers were taken in, or null
 * @param acceptingCentre the home centre that accepts, or null
 * @param paperCentre where the paper lies, or null where there is none
 * @param responsible who answers for the review: a centre's code or a partner's id
 * @param applicantIndex blind index of the applicant's ID number
 * @param applicationId the message that the deciding partner receives
 * @param resultId the newest result, or null
 */
public record CaseFile(
        String caseNo,
        String sender,
        String itemCode,
        String itemVariant,
        String receiver,
        String channel,
        String status,
        String receivingCentre,
        String acceptingCentre,
        String paperCentre,
        String responsible,
        byte[] applicantIndex,
        UUID applicationId,
        Instant receivedAt,
        Instant changedAt,
        UUID resultId) {

    /** Statuses after which nothing more is expected of anybody. */
    private static final Set<String> OVER = Set.of("13", "31", "60", "61", "62", "72", "80", "90", "91");

    public static boolean isOver(String status) {
        return OVER.contains(status);
    }

    /** Whether one centre received it and another one, the home centre, accepts it (收受分离). */
    public boolean separated() {
        return receivingCentre != null && acceptingCentre != null && !receivingCentre.equals(acceptingCentre);
    }

    /** The same case in another status. */
    public CaseFile inStatus(String next, Instant at) {
        return with(sender, next, paperCentre, at, resultId);
    }

    /** The same case with its paper in another place; null while it is on its way. */
    public CaseFile withPaperAt(String centre) {
        return with(sender, status, centre, changedAt, resultId);
    }

    /** The same case, of this sender. */
    public CaseFile of(String owner) {
        return with(owner, status, paperCentre, changedAt, resultId);
    }

    /** The same case, decided by this partner. */
    public CaseFile decidedBy(String partner) {
        return new CaseFile(
                caseNo,
                sender,
                itemCode,
                itemVariant,
                partner,
                channel,
                status,
                receivingCentre,
                acceptingCentre,
                paperCentre,
                responsible,
                applicantIndex,
                applicationId,
                receivedAt,
                changedAt,
                resultId);
    }

    /** The same case with its newest result. */
    public CaseFile withResult(UUID result) {
        return with(sender, status, paperCentre, changedAt, result);
    }

    private CaseFile with(String owner, String next, String paper, Instant at, UUID result) {
        return new CaseFile(
                caseNo,
                owner,
                itemCode,
                itemVariant,
                receiver,
                channel,
                next,
                receivingCentre,
                acceptingCentre,
                paper,
                responsible,
                applicantIndex,
                applicationId,
                receivedAt,
                at,
                result);
    }
}
