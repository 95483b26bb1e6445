package org.shuniu.document;

import java.util.Set;

/** Fields of the hub's own documents that say nothing of anybody: codes and times of the hub's own. */
public final class OpenFields {

    private static final Set<String> NAMES = Set.of(
            "itemCode",
            "itemVariant",
            "channel",
            "applicationTime",
            "status",
            "resultTime",
            "outcome",
            "step",
            "kind",
            "caseNo",
            "messageId",
            "receivingCentre",
            "acceptingCentre",
            "centre",
            "paperTime",
            "time",
            "language");

    private OpenFields() {}

    public static boolean has(String field) {
        return NAMES.contains(field);
    }
}
