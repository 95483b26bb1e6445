package org.shuniu.evidence;

import java.time.Instant;

/**
 * One act of an operator.
 *
 * @param detail the operator's own words, of which the chain holds a digest only; null once they were erased
 * @param detailDigest SM3 of the words
 */
public record AuditLine(Instant at, String actor, String action, String target, String detail, byte[] detailDigest) {

    /** An act of now. */
    public static AuditLine of(Instant at, String actor, String action, String target, String detail) {
        return new AuditLine(at, actor, action, target, detail, new Sm3().of(detail));
    }
}
