package org.shuniu.channel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Earlier rows of a document in whose place a correction stands: what the department has not taken of them is marked so that it takes
 * it no more. Papers go with their document: those of one that was taken belong to what was taken, whether they are marked or not.
 */
final class WithdrawnRows {

    /** 0 is a row that waits, 1 one that was taken. */
    private static final String DOCUMENT = """
            update "%s" set is_sync = 2
            where (row_guid = ? or starts_with(row_guid, ?)) and row_guid <> ? and is_sync = 0
            returning row_guid
            """;

    private static final String PAPERS = """
            update "%s" set is_sync = 2
            where starts_with(row_guid, ?) and coalesce(substring(row_guid from '~.*$'), '') = ? and is_sync = 0
            """;

    private final Connection connection;
    private final String message;
    private final UUID correction;
    private final long end;

    WithdrawnRows(Connection connection, UUID message, UUID correction, long end) {
        this.connection = connection;
        this.message = plain(message.toString());
        this.correction = correction;
        this.end = end;
    }

    /** @param tables the rows of the correction as they are before they are marked as such */
    void of(Set<Map.Entry<String, JsonNode>> tables) throws SQLException {
        List<String> marks = new ArrayList<>();
        for (Map.Entry<String, JsonNode> table : tables) {
            if (TableAdapter.isRead(connection, table.getKey())) {
                documents(table.getKey(), table.getValue(), marks);
            }
        }
        for (Map.Entry<String, JsonNode> table : tables) {
            if (TableAdapter.isRead(connection, table.getKey())) {
                papers(table.getKey(), table.getValue(), marks);
            }
        }
    }

    /** @param marks of the versions of the document that are withdrawn; the first has an empty one */
    private void documents(String table, JsonNode rows, List<String> marks) throws SQLException {
        for (JsonNode row : rows) {
            String key = key(row);
            if (isOfAPaper(key)) {
                continue;
            }
            try (PreparedStatement statement = connection.prepareStatement(DOCUMENT.formatted(table))) {
                FrontDatabase.deadline(statement, end);
                statement.setString(1, key);
                statement.setString(2, key + CorrectedRows.SIGN);
                statement.setString(3, CorrectedRows.marked(key, correction));
                try (ResultSet withdrawn = statement.executeQuery()) {
                    while (withdrawn.next()) {
                        marks.add(withdrawn.getString(1).substring(key.length()));
                    }
                }
            }
        }
    }

    /** Also those that the correction has not any more. */
    private void papers(String table, JsonNode rows, List<String> marks) throws SQLException {
        Set<String> documents = new HashSet<>();
        for (JsonNode row : rows) {
            String key = key(row);
            if (isOfAPaper(key)) {
                documents.add(key.substring(0, key.lastIndexOf('-') + 1));
            }
        }
        for (String document : documents) {
            for (String mark : marks) {
                try (PreparedStatement statement = connection.prepareStatement(PAPERS.formatted(table))) {
                    FrontDatabase.deadline(statement, end);
                    statement.setString(1, document);
                    statement.setString(2, mark);
                    statement.executeUpdate();
                }
            }
        }
    }

    /** The key of a paper is that of its message, with a number behind it. */
    private boolean isOfAPaper(String key) {
        String plain = plain(key);
        return plain.startsWith(message) && plain.length() > message.length();
    }

    private static String key(JsonNode row) {
        return row.path(CorrectedRows.KEY).asString("");
    }

    private static String plain(String key) {
        return key.replace("-", "");
    }
}
