package org.shuniu.retention;

import java.util.List;
import java.util.UUID;
import org.shuniu.attachment.AttachmentMarks;
import org.springframework.jdbc.core.JdbcTemplate;

/** What goes with the body of an application; every method runs in its caller's transaction. */
final class ErasedCases {

    private static final String UNFIND =
            "update case_file set applicant_index = null where application_id = any(?) returning case_no";

    private final JdbcTemplate sql;
    private final AttachmentMarks attachments;

    ErasedCases(JdbcTemplate sql) {
        this.sql = sql;
        this.attachments = new AttachmentMarks(sql);
    }

    /** Nobody finds a case by its applicant any more, and attachments go that no other case names. */
    void followed(List<UUID> messages) {
        if (!messages.isEmpty()) {
            attachments.release(sql.queryForList(UNFIND, String.class, (Object) messages.toArray(UUID[]::new)));
        }
    }
}
