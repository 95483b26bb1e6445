package org.shuniu.rotation;

/** Master keys that the hub cannot work with; the message names the secret and never its content. */
public final class KeysRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeysRefused(String message) {
        super(message, null, false, true);
    }
}
