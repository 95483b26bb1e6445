package org.shuniu.simulator;

/** A reply of the archives; what was found is a scan, which can be large. */
final class ArchiveReply {
    private static final int LARGE = 3 << 20;
    private static final int TOO_LARGE = 9 << 20;
    private static final String REPLY = """
            <?xml version="1.0" encoding="UTF-8"?>
            <archiveReply><eventId>%s</eventId><requestId>%s</requestId><caseNo>%s</caseNo><result>%s</result>\
            <text>%s</text><searcher>查档员</searcher><foundAt>%s</foundAt><recordNo>%s</recordNo><scan>%s</scan></archiveReply>
            """;
    private static final String POISON = """
            <?xml version="1.0"?>
            <!DOCTYPE archiveReply [<!ENTITY x SYSTEM "file:///etc/hostname">]>
            <archiveReply><caseNo>&x;</caseNo></archiveReply>
            """;

    private ArchiveReply() {}

    static String of(LedgerEntry entry, Fault fault) {
        boolean found = !entry.refused();
        return REPLY.formatted(
                Fingerprint.of("DA-EV-", entry.messageId(), 16),
                entry.messageId(),
                entry.caseNo(),
                found ? "FOUND" : "NOT_FOUND",
                found ? "查有此档" : "查无此档",
                entry.at().format(CityTime.SPACED),
                found ? Fingerprint.of("DA-", entry.messageId(), 12) : "",
                "A".repeat(scan(fault)));
    }

    /** No reply at all, in the shape of one. */
    static String poison() {
        return POISON;
    }

    private static int scan(Fault fault) {
        return switch (fault.kind()) {
            case LARGE_ANSWER -> LARGE;
            case OVERSIZED_ANSWER -> TOO_LARGE;
            default -> 0;
        };
    }
}
