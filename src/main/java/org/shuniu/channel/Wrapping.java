package org.shuniu.channel;

import java.util.UUID;

/** What a message travels in beside its own format: a signature and encryption, or nothing. */
interface Wrapping {

    byte[] wrap(byte[] body, UUID messageId);

    /** @throws org.shuniu.codec.Garbled when it can't be opened, or somebody else closed it */
    byte[] unwrap(byte[] received);

    /** Learns from a refusal; true when the same message, wrapped anew, may be accepted. */
    boolean renew(byte[] refusal);

    /** The message itself and nothing around it. */
    final class None implements Wrapping {

        @Override
        public byte[] wrap(byte[] body, UUID messageId) {
            return body;
        }

        @Override
        public byte[] unwrap(byte[] received) {
            return received;
        }

        @Override
        public boolean renew(byte[] refusal) {
            return false;
        }
    }
}
