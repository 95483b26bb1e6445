package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** Rows that the federation answers with; their keys follow from the row they answer, so none is written twice. */
final class FederationAnswers {
    static final String CERTIFICATE = "0";
    static final String SENT_BACK = "1";
    static final String VOID = "2";
    static final String UNREADABLE = "?!";

    private static final String PROCESS = """
            insert into up_pro_process (row_guid, project_no, event_name, process_name, handle_user_name, handle_explain,
                event_start_time, event_end_time, cd_operation, cd_time, cd_batch, data_source)
            values (?, ?, '1', '受理', '经办三', '材料齐全，予以受理', ?, ?, 'I', ?, ?, 'p31')
            on conflict do nothing
            """;
    private static final String RESULT = """
            insert into up_pro_result (row_guid, project_no, result_date, result_type, result_explain, result_cetr_name,
                result_cetr_no, is_delivery_results, handle_user_name, cd_operation, cd_time, cd_batch, data_source)
            values (?, ?, ?, ?, ?, ?, ?, '0', '经办三', 'I', ?, ?, 'p31')
            on conflict do nothing
            """;

    private final Connection connection;
    private final LedgerEntry entry;

    FederationAnswers(Connection connection, LedgerEntry entry) {
        this.connection = connection;
        this.entry = entry;
    }

    void process() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(PROCESS)) {
            insert.setString(1, key("P-"));
            insert.setString(2, entry.caseNo());
            insert.setObject(3, at());
            insert.setObject(4, at());
            insert.setObject(5, now());
            insert.setString(6, batch());
            insert.executeUpdate();
        }
    }

    /** Writes the result under a key of its own for each copy. */
    void result(String type, String copy) throws SQLException {
        boolean certified = type.equals(CERTIFICATE);
        try (PreparedStatement insert = connection.prepareStatement(RESULT)) {
            insert.setString(1, key(copy));
            insert.setString(2, entry.caseNo());
            insert.setObject(3, at());
            insert.setString(4, type);
            insert.setString(5, explanation(type));
            insert.setString(6, certified ? "残疾评定办理凭证" : null);
            insert.setString(7, certified ? Fingerprint.of("CL-C-", entry.messageId(), 12) : null);
            insert.setObject(8, now());
            insert.setString(9, batch());
            insert.executeUpdate();
        }
    }

    private static String explanation(String type) {
        return switch (type) {
            case CERTIFICATE -> "办理成功";
            case SENT_BACK -> "材料不符合条件";
            case VOID -> "申请人撤回";
            default -> "锟斤拷";
        };
    }

    private String key(String copy) {
        return Fingerprint.of(copy, entry.messageId(), 32);
    }

    private String batch() {
        return Fingerprint.of("", entry.messageId(), 32);
    }

    private LocalDateTime at() {
        return entry.at().withNano(0).toLocalDateTime();
    }

    private static LocalDateTime now() {
        return CityTime.now().toLocalDateTime();
    }
}
