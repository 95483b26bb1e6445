package org.shuniu.channel;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What other regions' hubs are sent and what they answer, in the exchange's own form (CHX/1). */
public interface RegionMessages {

    /**
     * A signed message.
     *
     * @param target where it is posted
     * @param fields its header fields, the signature's among them
     * @param body the same bytes at every attempt
     */
    record Post(URI target, Map<String, String> fields, byte[] body) {}

    /** The message cannot be written or signed as things stand; the reason holds no content. */
    final class NotWritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotWritten(String reason) {
            super(reason, null, false, false);
        }
    }

    /** What the region has said by itself of the message of a call, which it fetched: that it has it, or never will. */
    Optional<Reply> said(String partner, Call call);

    /** Whom the hub trusts there now, and the certificate that it shows now. */
    SSLContext tls();

    /**
     * Writes the message of a call, or finds it as it was written for an earlier one, and signs it now.
     *
     * @return nothing when the region fetches its messages: then it stands ready
     * @throws NotWritten saying why there is none
     */
    Optional<Post> post(String partner, Call call);

    /**
     * Looks at the receipt of a message that was accepted, and keeps it.
     *
     * @param fields of the answer, by lower-case name
     * @return that the message is taken; or, where the receipt is not to be believed, that nobody knows
     */
    Reply accepted(String partner, Call call, Post post, int status, Map<String, List<String>> fields, byte[] receipt);
}
