package org.shuniu.search;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;

/** Finds the cases of a person by blind index: neither the database nor the audit log learns the ID number. */
public final class CaseSearch {

    /** A case that was found, without anything of its documents. */
    public record Found(String caseNo, String itemCode, String status, Instant receivedAt) {}

    /**
     * What a search found.
     *
     * @param allowed false when this was one search too many; nothing is told of what it found
     */
    public record Answer(boolean allowed, List<Found> cases) {}

    /** Puts a search into the audit log, or says that it is one too many. */
    public interface Trail {
        boolean leave(String operator, String target, String detail);
    }

    /** Under which searches stand in the audit log. */
    public static final String ACTION = "search";

    /**
     * Whom a case concerns ({@code c}); four times the partners that a person is limited to, or null. Not by "exists", for which the
     * server might gather all that was ever sent to them.
     */
    public static final String SEEN = """
            (?::text[] is null or c.sender = any(?) or c.receiver = any(?) or coalesce(
                (select true from delivery d where d.case_no = c.case_no and d.receiver = any(?) limit 1), false))
            """;

    private static final int MOST = 1_000;
    private static final int PREFIX = 8;
    private static final String BY_INDEX = """
            select c.case_no, c.item_code, c.status, c.received_at from case_file c
            where c.applicant_index = ? and %s order by c.received_at desc limit ?
            """.formatted(SEEN);

    private final Pools pools;
    private final Vault vault;
    private final Trail trail;

    public CaseSearch(Pools pools, Vault vault, Trail trail) {
        this.pools = pools;
        this.vault = vault;
        this.trail = trail;
    }

    /**
     * Nothing when the number is blank; the search is in the audit log before its answer is given.
     *
     * @param partners whose cases may be found, or null for all
     */
    public Optional<Answer> byIdNumber(String operator, String idNumber, @Nullable Collection<String> partners) {
        return vault.idNumberIndex(idNumber).map(index -> {
            List<Found> found = find(index, partners == null ? null : partners.toArray(String[]::new));
            String target = "applicant " + HexFormat.of().formatHex(index, 0, PREFIX);
            boolean allowed = trail.leave(operator, target, "found " + found.size());
            return new Answer(allowed, allowed ? found : List.of());
        });
    }

    private List<Found> find(byte[] index, String @Nullable [] seen) {
        return pools.console()
                .sql()
                .query(
                        BY_INDEX,
                        (row, number) -> new Found(
                                row.getString("case_no"),
                                row.getString("item_code"),
                                row.getString("status"),
                                row.getObject("received_at", OffsetDateTime.class)
                                        .toInstant()),
                        index,
                        seen,
                        seen,
                        seen,
                        seen,
                        MOST);
    }
}
