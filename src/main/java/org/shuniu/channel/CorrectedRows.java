package org.shuniu.channel;

import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of a document that a person has corrected. What an office has taken stays as it was taken, so a correction is never written into
 * rows that are there: it is rows of its own, whose keys are those of the first with a mark behind them, and whose batch is another. Both
 * follow from the correction, so that a repetition of it is recognised.
 */
final class CorrectedRows {

    static final String KEY = "row_guid";

    /** Of a row that belongs to another: the key of that one. */
    private static final List<String> KEYS = List.of(KEY, "document_guid");

    static final String SIGN = "~";

    /** Where tables have no key of the document, by this a paper is told to belong to it. */
    private static final String BATCH = "cd_batch";

    private static final Pattern OF_A_MESSAGE = Pattern.compile("[0-9a-f]{32}");

    private static final int MARK = 6;
    /** A message id, as mappings write it, perhaps with the number of a paper. */
    private static final Pattern MARKED = Pattern.compile(
            "([0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}(?:-[0-9]{1,5})?)~[0-9a-f]{%d}"
                    .formatted(MARK));

    private CorrectedRows() {}

    /** @param rows of one table */
    static JsonNode of(JsonNode rows, UUID correction) {
        JsonNode marked = rows.deepCopy();
        marked.forEach(row -> mark((ObjectNode) row, correction));
        return marked;
    }

    private static void mark(ObjectNode row, UUID correction) {
        KEYS.stream()
                .filter(name -> !row.path(name).asString("").isEmpty())
                .forEach(name -> row.put(name, marked(row.path(name).asString(), correction)));
        if (OF_A_MESSAGE.matcher(row.path(BATCH).asString("")).matches()) {
            row.put(BATCH, plain(correction));
        }
    }

    static String marked(String key, UUID correction) {
        String id = plain(correction);
        // The beginning of an id is its time, which two corrections may share.
        return key + SIGN + id.substring(id.length() - MARK);
    }

    private static String plain(UUID id) {
        return id.toString().replace("-", "");
    }

    /** The key by which the hub knows what an office says: that of the message, whichever of its rows the office has worked. */
    static String unmarked(String value) {
        Matcher marked = MARKED.matcher(value);
        return marked.matches() ? marked.group(1) : value;
    }
}
