package org.shuniu.conformance;

/** The hub itself would send what the contract does not allow. */
final class NotAsAgreed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAsAgreed(String why) {
        super(why, null, false, false);
    }
}
