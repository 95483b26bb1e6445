package org.shuniu.incident;

import java.time.Duration;
import java.util.UUID;

/** A way to one addressee outside, whose notices wait for nobody else's. */
interface Channel {

    /** It did not arrive, or nobody knows; it is sent again under the same id. */
    final class NotTaken extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean inDoubt;

        private NotTaken(String why, boolean inDoubt) {
            super(why, null, false, false);
            this.inDoubt = inDoubt;
        }

        /** It surely did not arrive. */
        static NotTaken surely(String why) {
            return new NotTaken(why, false);
        }

        /** It may have arrived all the same. */
        static NotTaken perhaps(String why) {
            return new NotTaken(why, true);
        }

        boolean isInDoubt() {
            return inDoubt;
        }
    }

    /** As it is kept with each notice. */
    String name();

    /** Total time of one {@link #send}. */
    Duration deadline();

    /** Writes a notice as this addressee reads it. */
    String body(NoticeWords words, NoticeWords.News news);

    /** Whether the addressee knows a repeated notice again by its id, so that it counts as one. */
    boolean knowsItAgain();

    /** @param body as it was written, which is what arrives however often it is sent */
    void send(UUID id, String body) throws NotTaken;
}
