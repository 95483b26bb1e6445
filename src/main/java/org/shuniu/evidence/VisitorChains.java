package org.shuniu.evidence;

import java.util.List;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Audit lines of a process that is no hub, such as a command.
 *
 * <p>Only the hub makes seals, and the heads of its chains are in its memory: whoever else wrote either would break them. So each
 * transaction here opens a chain of its own and ends it. A hub that runs seals it within seconds, the next one that starts otherwise.
 */
public final class VisitorChains {

    /** How their names end, so that the hub knows whose heads nobody will seal. */
    static final String WRITER = "command/" + AuditTable.WRITER;

    private final JdbcTemplate sql;
    private final LineTable<AuditLine> table = new AuditTable();

    /** @param door whose transactions take in the lines */
    public VisitorChains(Pools.Door door) {
        this.sql = door.sql();
    }

    /** Writes one line into the transaction that this thread is in. */
    public void act(AuditLine line) {
        Long run = sql.queryForObject("select nextval('evidence_run')", Long.class);
        new EvidenceWriter<>(WRITER, 1, sql, table, null, run, this::lastSeal)
                .record(List.of(line, table.hubs(LineTable.CLOSED, table.partner(line), "end")));
    }

    private String lastSeal() {
        return sql.query("select * from seal order by no desc limit 1", Seal::read).stream()
                .findFirst()
                .map(Seal::mark)
                .orElse(Seal.ORIGIN)
                .text();
    }
}
