package org.shuniu.intake;

import java.util.Arrays;
import java.util.Optional;
import org.shuniu.store.MessageStore;

/** Answers what was accepted once with its receipt, whatever the rules are and wherever its case stands now. */
public final class Resends {

    private final MessageStore store;

    public Resends(MessageStore store) {
        this.store = store;
    }

    /**
     * To be asked before a submission is refused.
     *
     * @throws AlreadyAccepted with the receipt, when this very document was accepted under this key
     * @throws SubmissionRefused when the key stands for another document
     */
    public void answerIfKnown(Submission submission, byte[] digest) {
        kept(submission.partner(), submission.idempotencyKey())
                .ifPresent(kept -> answer(kept, isSame(submission, kept, digest)));
    }

    /** The same of what nothing is known of but its bytes; they tell what kind it is, and of which case. */
    public void answerIfKnown(String partner, String key, byte[] digest) {
        kept(partner, key).ifPresent(kept -> answer(kept, Arrays.equals(kept.digest(), digest)));
    }

    private Optional<MessageStore.Kept> kept(String partner, String key) {
        return store.kept(new MessageStore.Key(partner, key));
    }

    private static void answer(MessageStore.Kept kept, boolean same) {
        throw same ? new AlreadyAccepted(new Acceptance(kept.receipt(), true)) : SubmissionCheck.keyReused();
    }

    /** Two cases may be withdrawn by the same bytes; what came in a cover is told apart by that. */
    boolean isSame(Submission submission, MessageStore.Kept kept, byte[] digest) {
        return Arrays.equals(kept.digest(), digest)
                && (submission.cover() != null
                        || store.isOf(kept.messageId(), submission.document(), submission.caseNo()));
    }
}
