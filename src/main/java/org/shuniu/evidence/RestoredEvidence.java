package org.shuniu.evidence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The evidence of a backup that was restored, while no hub runs on it.
 *
 * <p>What was sealed after the backup stands in the file of seals alone. These seals come back into the database, and what they saw
 * there is no more: which lines those are is signed, so that a check of the evidence tells them instead of calling the chains broken.
 * The next start of the hub ends the chains that the backup left open, seals their ends, and names that seal in its new ones.
 */
public final class RestoredEvidence {

    /** What the audit calls a restoration; its target is the incarnation that began. */
    public static final String ACT = Restorations.ACT;

    /**
     * Who restored the backup, and why.
     *
     * @param incarnation that begins
     * @param follows the incarnation that the backup was taken of
     */
    public record Act(UUID incarnation, UUID follows, Instant at, String doneBy, String reason) {}

    /**
     * Runs may have begun after the backup, and a name of a chain is never given twice, however often the same backup is restored: fewer
     * than one begins in a second.
     */
    private static final String BEYOND =
            "select setval('evidence_run', (select last_value from evidence_run) + extract(epoch from now())::bigint)";

    private static final String KEEP = """
            insert into restoration (incarnation, follows, at, done_by, reason, held_seal, newest_seal, heads, lost, signer, signature)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String REACHED = """
            select coalesce(max(l.seq), 0) from chain c join %s l on l.chain = c.id where c.name = ?
            """;
    private static final String REGION_REACHED = """
            select coalesce(max(seq), 0) from exchange_chain where partner || '/' || direction || '/%s' = ?
            """.formatted(RegionHeads.WRITER);

    private final Pools.Door door;
    private final NewerSeals seals;
    private final SealKey key;
    private final Map<String, LostLines> lost = new LinkedHashMap<>();
    private final long newest;

    private RestoredEvidence(Pools.Door door, SealFile file, SealKey key) {
        this.door = door;
        this.key = key;
        this.seals = new NewerSeals(door.sql(), file, key);
        this.newest = seals.read(this::lose).no();
    }

    /**
     * Looks at it and changes nothing.
     *
     * @param directory of the seals outside the database
     * @throws IllegalStateException when they are not those of this database
     */
    public static RestoredEvidence read(Pools.Door door, Path directory, SealKey key) {
        return new RestoredEvidence(door, new SealFile(directory), key);
    }

    private void lose(Seal seal) {
        for (String text : seal.heads()) {
            Seal.SealedHead head = Seal.SealedHead.of(text);
            LostLines known = lost.get(head.chain());
            long after = known == null ? reached(head.chain()) : known.after();
            if (head.seq() > after) {
                lost.merge(head.chain(), new LostLines(head.chain(), after, head.seq()), LostLines::with);
            }
        }
    }

    private long reached(String chain) {
        String table = AuditTable.owns(chain) ? new AuditTable().name() : new EventTable().name();
        String query = chain.endsWith("/" + RegionHeads.WRITER) ? REGION_REACHED : REACHED.formatted(table);
        return door.sql().queryForObject(query, Long.class, chain);
    }

    /** What it means, in a few words. */
    public String text() {
        long held = seals.held().no();
        if (newest < held) {
            return "the backup holds seal %d, the file of seals ends with %d: what came after the backup can't be told"
                    .formatted(held, newest);
        }
        return "the backup ends with seal %d, the file of seals with %d: %d line(s) of %d chain(s) are lost"
                .formatted(
                        held,
                        newest,
                        lost.values().stream().mapToLong(LostLines::count).sum(),
                        lost.size());
    }

    /** Takes back the seals that are missing on one side, and signs what is lost; in the caller's transaction. */
    public void keep(Act act) {
        JdbcTemplate sql = door.sql();
        Restoration restoration = new Restoration(
                act.incarnation(),
                act.follows(),
                Moments.kept(act.at()),
                act.doneBy(),
                act.reason(),
                seals.held().no(),
                newest,
                heads(),
                List.copyOf(lost.values()));
        byte[] hash = restoration.hash();
        sql.update(
                KEEP,
                restoration.incarnation(),
                restoration.follows(),
                CaseFiles.utc(restoration.at()),
                restoration.doneBy(),
                restoration.reason(),
                restoration.heldSeal(),
                restoration.newestSeal(),
                restoration.keptHeads(),
                restoration.keptLost(),
                key.id(),
                key.sign(hash));
        seals.level();
        sql.queryForObject(BEYOND, Long.class);
    }

    private List<String> heads() {
        ChainEnds ends = new ChainEnds(door.sql(), door.transaction());
        List<EvidenceWriter.Ended> open = ends.left();
        List<Head> heads = new ArrayList<>();
        heads.addAll(ends.lastOf(
                new EventTable(),
                open.stream().filter(chain -> !AuditTable.owns(chain.name())).toList()));
        heads.addAll(ends.lastOf(
                new AuditTable(),
                open.stream().filter(chain -> AuditTable.owns(chain.name())).toList()));
        heads.addAll(new RegionHeads(door.sql()).heads());
        return heads.stream().map(head -> head.sealed(false)).toList();
    }
}
