package org.shuniu.evidence;

/** The first line that is wrong; checking ends with it. */
final class EvidenceIsWrong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EvidenceIsWrong(String where, String what) {
        super(where + ": " + what);
    }
}
