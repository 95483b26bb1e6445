package org.shuniu.catalogue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the hub asks of other partners by itself. */
final class FollowUpFile {
    private static final Pattern NAME = Pattern.compile("([a-z]+(-[a-z]+)*)?");
    private static final Pattern DELAY = Pattern.compile("(?:([0-9]{1,4})([smhd]))?");

    private FollowUpFile() {}

    static List<FollowUp> read(CatalogueFiles files, Map<String, CodeTable> tables) {
        return files
                .read("follow-ups.csv", "trigger", "status", "wish", "fee", "delay", "after", "receiver", "document")
                .stream()
                .map(row -> read(row, tables.get("case-status.hub")))
                .toList();
    }

    private static Duration delay(Row row) {
        Matcher delay = DELAY.matcher(row.code("delay", DELAY));
        if (!delay.matches() || delay.group(1) == null) {
            return Duration.ZERO;
        }
        return switch (delay.group(2)) {
            case "s" -> Duration.ofSeconds(Long.parseLong(delay.group(1)));
            case "m" -> Duration.ofMinutes(Long.parseLong(delay.group(1)));
            case "h" -> Duration.ofHours(Long.parseLong(delay.group(1)));
            default -> Duration.ofDays(Long.parseLong(delay.group(1)));
        };
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
                delay(row),
                row.code("after", NAME),
                row.code("receiver", NAME),
                row.name("document"),
                row.validFrom(),
                row.validTo());
    }
}
