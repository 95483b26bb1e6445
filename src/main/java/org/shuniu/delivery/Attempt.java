package org.shuniu.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.enrichment.Copy;
import org.shuniu.store.CaseFile;
import org.shuniu.store.DatabaseTime;
import org.shuniu.versions.Translation;
import org.shuniu.versions.Versions;

/**
 * A delivery that this process has claimed and nobody else may touch until the claim lapses.
 *
 * @param number of this attempt, counted from 1
 * @param spent attempts that counted against the schedule before this one
 * @param askFirst whether the receiver must be asked what became of the last attempt
 * @param ticket by which the receiver wants to be asked, or null
 * @param owner the process that holds the claim
 * @param translation what writes the document for its receiver, or null before that
 * @param body the document's bytes as received
 * @param copies what became of the certificates that the document names
 */
public record Attempt(
        UUID deliveryId,
        UUID messageId,
        String document,
        String receiver,
        int number,
        int spent,
        boolean askFirst,
        String ticket,
        UUID owner,
        Instant acceptedAt,
        CaseFile file,
        byte[] body,
        List<Copy> copies,
        Terms terms,
        Translation translation) {

    /** The uses whose copies may not be shown any more. */
    List<UUID> expiredCopies(Instant now) {
        return copies.stream()
                .filter(copy -> copy.isExpired(now))
                .map(Copy::useId)
                .toList();
    }

    /** The same, with what translates it. */
    public Attempt translatedBy(Translation by) {
        return new Attempt(
                deliveryId,
                messageId,
                document,
                receiver,
                number,
                spent,
                askFirst,
                ticket,
                owner,
                acceptedAt,
                file,
                body,
                copies,
                terms,
                by);
    }

    /**
     * In which way it is sent.
     *
     * @param again whether the receiver lost what it had taken, so that nothing left there may keep it from working this
     * @param firstTranslation the number of what wrote its first attempt, or null
     * @param correction what a person made of its document, or null
     * @param deadline of its call, for which its claim was made, or null for the receiver's
     * @param beginBefore {@link System#nanoTime} after which its call might outlive its claim, or null where nothing was claimed
     * @param clock as it stood when it was claimed or taken, or null where it was neither
     */
    public record Terms(
            boolean again,
            Versions versions,
            Integer firstTranslation,
            UUID correction,
            Duration deadline,
            Long beginBefore,
            @Nullable DatabaseTime clock) {

        /** Of what nobody has claimed. */
        public static final Terms USUAL = new Terms(false, Versions.CASE_DAY, null, null, null, null, null);

        Terms within(Duration claimed, long before) {
            return new Terms(again, versions, firstTranslation, correction, claimed, before, clock);
        }

        Terms by(DatabaseTime taken) {
            return new Terms(again, versions, firstTranslation, correction, deadline, beginBefore, taken);
        }

        /** On the database's clock, where it was claimed or taken. */
        Instant now() {
            return clock == null ? Instant.now() : clock.now();
        }

        boolean mayBegin() {
            return beginBefore == null || System.nanoTime() - beginBefore < 0;
        }
    }
}
