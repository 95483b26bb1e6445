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

    /**
     * Content that the region must have before a message that names it.
     *
     * @param owner whose it is here
     * @param digest its address
     * @param length of the whole
     */
    record Attachment(String owner, String digest, long length) {}

    /** The message cannot be written or signed as things stand; the reason holds no content. */
    final class NotWritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotWritten(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * What the region has said by itself of the message of a call, which it fetched.
     *
     * @return nothing while it has said nothing, an empty text when it has it, or in one word why it never will
     */
    Optional<String> said(String partner, Call call);

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
     * Gives the message of a call the next number in the order of its case: the region has another one under its number.
     *
     * @return whether there is anything else to be sent now
     */
    boolean renumber(String partner, Call call);

    /**
     * What a message names, each attachment once.
     *
     * @throws NotWritten when the hub has not all of it, or it is larger than is agreed
     */
    List<Attachment> named(String partner, Call call, Post post);

    /** The signed question how much of an attachment the region has. */
    Post ask(String partner, Attachment attachment);

    /**
     * A signed part of an attachment.
     *
     * @param most bytes of it
     * @return nothing when it cannot be read now
     */
    Optional<Post> part(String partner, Attachment attachment, long offset, int most);

    /**
     * Looks at the receipt of a message that was accepted, and keeps it.
     *
     * @param fields of the answer, by lower-case name
     * @return that the message is taken; or, where the receipt is not to be believed, that nobody knows
     */
    Reply accepted(String partner, Call call, Post post, int status, Map<String, List<String>> fields, byte[] receipt);
}
