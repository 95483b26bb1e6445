package org.shuniu.showing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.shuniu.store.StoredMessage;

/** A word that nobody can guess and that is kept only by its digest. */
record OneTimeCode(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    static OneTimeCode next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new OneTimeCode(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] digest() {
        return StoredMessage.digestOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
