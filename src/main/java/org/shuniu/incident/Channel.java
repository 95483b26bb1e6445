package org.shuniu.incident;

import java.util.UUID;

/** A way to somebody outside. */
interface Channel {

    /** It did not arrive, or nobody knows; it is sent again under the same id. */
    final class NotTaken extends Exception {
        private static final long serialVersionUID = 1L;

        NotTaken(String why) {
            super(why, null, false, false);
        }
    }

    /** As it is kept with each notice. */
    String name();

    /** @param body as it was written, which is what arrives however often it is sent */
    void send(UUID id, String body) throws NotTaken;
}
