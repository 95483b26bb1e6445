package org.shuniu.catalogue;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what the hub asks of other partners by itself. */
final class FollowUpFile {
    private static final Pattern NAME = Pattern.compile("([a-z]+(-[a-z]+)*)?");

    private FollowUpFile() {}

    static List<FollowUp> read(CatalogueFiles files, Map<String, CodeTable> tables) {
        return files
                .read("follow-ups.csv", "trigger", "status", "wish", "fee", "delay", "after", "receiver", "document")
                .stream()
                .map(row -> read(row, tables.get("case-status.hub")))
                .toList();
    }

    private static FollowUp read(Row row, CodeTable statuses) {
        FollowUp.Trigger trigger = row.oneOf("trigger", FollowUp.Trigger.class);
        boolean ofPaper = trigger == FollowUp.Trigger.PAPER_POSTED;
        if (ofPaper && !row.text("status").isEmpty()) {
            row.fault("status", "nothing: paper is posted in any status");
        } else if (!ofPaper && statuses != null && !statuses.knows(row.text("status"))) {
            row.fault("status", "a code of set hub of case-status.csv");
        }
        return new FollowUp(
                trigger,
                row.text("status"),
                row.code("wish", NAME),
                row.yes("fee"),
                row.duration("delay"),
                row.code("after", NAME),
                row.code("receiver", NAME),
                row.name("document"),
                row.validFrom(),
                row.validTo());
    }
}
