package org.shuniu.intake;

import java.util.List;
import java.util.Map;
import org.shuniu.store.StoredMessage;

/** Keeps covers with the messages that came in them, in the accepting transaction. */
public interface Covers {

    /** A message that is about to be accepted, with its cover. */
    record Covered(StoredMessage message, Cover cover) {}

    /** Those that may not be accepted now, and why; the places of the others are taken. */
    Map<Cover, SubmissionRefused> refuse(List<Covered> fresh);

    void keep(List<Covered> accepted);
}
