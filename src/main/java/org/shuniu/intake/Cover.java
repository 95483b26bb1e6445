package org.shuniu.intake;

import java.util.List;
import org.shuniu.store.StoredMessage;

/** What a document came in, where the sender signed more than the document itself: it is the cover that a resend repeats. */
public interface Cover {

    /** SHA-256 of the cover as received. */
    byte[] digest();

    /**
     * The receipt whose bytes are kept for ever.
     *
     * @param receivers who will receive the document
     * @throws SubmissionRefused when the cover is not for them
     */
    byte[] receipt(StoredMessage message, List<String> receivers);
}
