package org.shuniu.vault;

/** A sealed value that cannot be opened here: another key, another place, changed bytes, or erased. */
public class VaultFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VaultFailure(String message) {
        super(message);
    }

    VaultFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
