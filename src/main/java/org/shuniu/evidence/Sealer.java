package org.shuniu.evidence;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.shuniu.store.CaseFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Signs heads and keeps each seal twice: in the database, then in a file outside it.
 *
 * <p>A seal is finished before the next is made, so that the file is never more than one behind the table.
 */
final class Sealer {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final int HEADS_AT_MOST = 1_000;

    private final JdbcTemplate sql;
    private final SealFile file;
    private final SealKey key;
    private final Clock clock;
    private volatile Seal.Mark last;
    private Seal unfinished;

    private Sealer(JdbcTemplate sql, SealFile file, SealKey key, Clock clock) {
        this.sql = sql;
        this.file = file;
        this.key = key;
        this.clock = clock;
        this.last = Seal.ORIGIN;
    }

    /** Takes up the seals where they ended, and mends what a crash left between table and file. */
    static Sealer open(JdbcTemplate sql, SealFile file, SealKey key, Clock clock) {
        Sealer sealer = new Sealer(sql, file, key, clock);
        Seal.Mark filed = file.mend().orElse(Seal.ORIGIN);
        Optional<Seal> kept = sql.query("select * from seal order by no desc limit 1", Seal::read).stream()
                .findFirst();
        Seal.Mark tabled = kept.map(Seal::mark).orElse(Seal.ORIGIN);
        if (tabled.no() == filed.no() + 1) {
            file.append(kept.orElseThrow());
        } else if (tabled.no() != filed.no()) {
            LOG.error("The table ends with seal {}, the file with seal {}; run verify", tabled.no(), filed.no());
        }
        sealer.last = tabled.no() >= filed.no() ? tabled : filed;
        return sealer;
    }

    /** The newest seal; safe for any thread. */
    Seal.Mark last() {
        return last;
    }

    /** Returns once the seal is on disk in both places. */
    void seal(List<String> heads) {
        finish();
        for (int from = 0; from < heads.size(); from += HEADS_AT_MOST) {
            List<String> some = heads.subList(from, Math.min(heads.size(), from + HEADS_AT_MOST));
            unfinished = Seal.after(last, clock.instant(), List.copyOf(some), key);
            finish();
        }
    }

    private void finish() {
        if (unfinished == null) {
            return;
        }
        Seal seal = unfinished;
        sql.update(
                "insert into seal (no, at, heads, hash, signer, signature) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                seal.no(),
                CaseFiles.utc(seal.at()),
                String.join("\n", seal.heads()),
                seal.hash(),
                seal.signer(),
                seal.signature());
        byte[] kept = sql.queryForObject("select hash from seal where no = ?", byte[].class, seal.no());
        if (!MessageDigest.isEqual(kept, seal.hash())) {
            throw new IllegalStateException("Somebody else wrote seal %d; run verify".formatted(seal.no()));
        }
        if (file.mend().orElse(Seal.ORIGIN).no() < seal.no()) {
            file.append(seal);
        }
        last = seal.mark();
        unfinished = null;
    }
}
