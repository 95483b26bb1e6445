package org.shuniu.restoration;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds what a sender has the hub's receipt for and a restored database does not know. */
public final class UnknownReceipts {

    private static final String UNKNOWN = """
            select w.id from unnest(?::text[]) with ordinality as w(id, place)
            where not exists (select 1 from message_key k where k.partner = ? and k.idempotency_key = w.id)
                and not exists (select 1 from case_file c where c.sender = ? and c.case_no = w.id)
            order by w.place
            """;

    private final JdbcTemplate sql;
    private final String sender;

    public UnknownReceipts(JdbcTemplate sql, String sender) {
        this.sql = sql;
        this.sender = sender;
    }

    /** @param ids idempotency keys of the sender's, or numbers of its cases */
    public List<String> among(List<String> ids) {
        return sql.queryForList(UNKNOWN, String.class, ids.toArray(String[]::new), sender, sender);
    }
}
