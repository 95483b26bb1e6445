package org.shuniu.evidence;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Signs heads and keeps each seal twice: in the database, then in a file outside it.
 *
 * <p>The table says which seal has which number, since several processes may seal. Before each of its own a process adds to its file
 * what others have sealed meanwhile, and after it that one.
 */
final class Sealer {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final int HEADS_AT_MOST = 1_000;
    private static final int TRIES = 50;

    private final JdbcTemplate sql;
    private final SealFile file;
    private final SealKey key;
    private final Clock clock;
    private volatile Seal.Mark last;
    /** Of the seal in the table that was told of and is none. */
    private long strange;

    private Sealer(JdbcTemplate sql, SealFile file, SealKey key, Clock clock) {
        this.sql = sql;
        this.file = file;
        this.key = key;
        this.clock = clock;
        this.last = Seal.ORIGIN;
    }

    /**
     * Takes up the seals where they ended, and mends what a crash left between table and file.
     *
     * @throws LostSeals when the table has not the file's last seal
     */
    static Sealer open(JdbcTemplate sql, SealFile file, SealKey key, Clock clock) {
        Sealer sealer = new Sealer(sql, file, key, clock);
        sealer.follow();
        if (!sealer.isTabled(sealer.last)) {
            throw new LostSeals(sealer.last, file.path());
        }
        return sealer;
    }

    /** The file has only what the table had: where that is not there, or another in its place, the table has lost it. */
    private boolean isTabled(Seal.Mark mark) {
        return mark.no() == 0
                || sql.queryForList("select hash from seal where no = ?", byte[].class, mark.no()).stream()
                        .anyMatch(hash -> Arrays.equals(hash, mark.hash()));
    }

    /** The newest seal that this process knows; safe for any thread. */
    Seal.Mark last() {
        return last;
    }

    /** Returns once the seal is on disk in both places. */
    void seal(List<String> heads) {
        follow();
        for (int from = 0; from < heads.size(); from += HEADS_AT_MOST) {
            sealSome(List.copyOf(heads.subList(from, Math.min(heads.size(), from + HEADS_AT_MOST))));
        }
    }

    /** Where another process was faster, this seal gets a later number. */
    private void sealSome(List<String> heads) {
        for (int i = 0; i < TRIES && strange <= last.no(); i++) {
            boolean written = write(Seal.after(last, clock.instant(), heads, key));
            follow();
            if (written) {
                return;
            }
        }
        throw new IllegalStateException("Somebody else writes seal %d; run verify".formatted(last.no() + 1));
    }

    private boolean write(Seal seal) {
        return sql.update(Seal.KEEP + " on conflict do nothing", seal.columns()) == 1;
    }

    /** Adds to the file what the table has and it has not. */
    private void follow() {
        last = file.extend(this::following);
    }

    /** Whoever writes into the database alone can't sign: what is no seal never comes into the file, nor any seal after it. */
    private List<Seal> following(Seal.Mark end) {
        List<Seal> seals = new ArrayList<>();
        Seal.Mark before = end;
        for (Seal seal : sql.query(Seal.FOLLOWING, Seal::read, end.no())) {
            if (!isNext(seal, before)) {
                tell(seal, before);
                return seals;
            }
            seals.add(seal);
            before = seal.mark();
        }
        return seals;
    }

    private boolean isNext(Seal seal, Seal.Mark before) {
        return seal.no() == before.no() + 1
                && seal.follows(before)
                && seal.signer().equals(key.id())
                && key.signed(seal.hash(), seal.signature());
    }

    private void tell(Seal seal, Seal.Mark before) {
        if (strange != seal.no()) {
            LOG.error(
                    "Seal {} in the table does not follow seal {} or is not signed by this hub; nothing is sealed after it; run verify",
                    seal.no(),
                    before.no());
        }
        strange = seal.no();
    }
}
