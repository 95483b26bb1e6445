package org.shuniu.report;

import java.time.Instant;

/**
 * Under what a case is counted.
 *
 * @param department the partner that decides it; of several, the first
 * @param centre where it was received, or empty
 * @param province the region that takes part in it, or empty
 */
record CountedCase(
        String caseNo,
        String department,
        String item,
        String centre,
        String sender,
        String province,
        Instant receivedAt) {}
