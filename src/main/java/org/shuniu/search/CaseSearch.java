package org.shuniu.search;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;

/** Finds the cases of a person by blind index: neither the database nor the audit log learns the ID number. */
public final class CaseSearch {

    /** A case that was found, without anything of its documents. */
    public record Found(String caseNo, String itemCode, String status, Instant receivedAt) {}

    private static final int MOST = 1_000;
    private static final int PREFIX = 8;

    private final Pools pools;
    private final Vault vault;
    private final AuditLog audit;

    public CaseSearch(Pools pools, Vault vault, AuditLog audit) {
        this.pools = pools;
        this.vault = vault;
        this.audit = audit;
    }

    /** Nothing when the number is blank; the search is in the audit log before its answer is given. */
    public Optional<List<Found>> byIdNumber(String operator, String idNumber) {
        return vault.idNumberIndex(idNumber).map(index -> {
            List<Found> found = find(index);
            audit.record(
                    operator,
                    "search",
                    "applicant " + HexFormat.of().formatHex(index, 0, PREFIX),
                    "found " + found.size());
            return found;
        });
    }

    private List<Found> find(byte[] index) {
        return pools.console()
                .sql()
                .query(
                        """
                        select case_no, item_code, status, received_at from case_file where applicant_index = ?
                        order by received_at desc limit ?
                        """,
                        (row, number) -> new Found(
                                row.getString("case_no"),
                                row.getString("item_code"),
                                row.getString("status"),
                                row.getObject("received_at", OffsetDateTime.class)
                                        .toInstant()),
                        index,
                        MOST);
    }
}
