package org.shuniu.channel;

import java.time.Duration;

/** What came of a call; reasons hold no content and no personal data. */
public sealed interface Reply {

    /** Why nothing came of the call; empty where something did. */
    String reason();

    /**
     * The partner answered for the message.
     *
     * @param mediaType as the partner named it, or null
     */
    record Answered(int status, byte[] body, String mediaType) implements Reply {

        @Override
        public String reason() {
            return "";
        }
    }

    /**
     * The partner surely did nothing.
     *
     * @param retryAfter when it asked to be called again, or null
     */
    record Unavailable(String reason, Duration retryAfter) implements Reply {}

    /**
     * The partner is there and did nothing: something else must come to it, or be over, before.
     *
     * @param retryAfter when it asked to be called again, or null
     */
    record NotYet(String reason, Duration retryAfter) implements Reply {}

    /**
     * The message is kept for a batch that the partner gets later.
     *
     * @param after when the call may be repeated if nothing was heard of the batch
     */
    record Gathered(String reason, Duration after) implements Reply {}

    /**
     * The partner surely did nothing, because it does not know the hub or no longer trusts it.
     *
     * @param body as it said so; it may tell what it expects
     */
    record CredentialsRefused(String reason, byte[] body) implements Reply {

        /** It said no more than that. */
        CredentialsRefused(String reason) {
            this(reason, new byte[0]);
        }
    }

    /** The hub itself did not get to it: the partner was not called. */
    record NotBegun(String reason) implements Reply {}

    /** The call went out and nobody knows what it did. */
    record Unknown(String reason) implements Reply {}

    /** The partner says that the request itself is wrong. */
    record Invalid(String reason) implements Reply {}

    /** The partner decided against it; nothing more is to be heard of it. */
    record Refused(String reason) implements Reply {}

    /** The partner surely has it; whatever it has to say comes by itself. */
    record Taken() implements Reply {

        @Override
        public String reason() {
            return "";
        }
    }
}
