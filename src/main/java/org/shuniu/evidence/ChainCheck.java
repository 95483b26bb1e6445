package org.shuniu.evidence;

import java.io.IOException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Checks one table's chains line by line against their hashes and against every sealed head. */
final class ChainCheck<T> {

    private final LineTable<T> table;
    private final Connection snapshot;
    private final Connection now;
    private final Restorations restorations;
    private final Sm3 sm3 = new Sm3();
    private SealedHeads sealed;
    private Head head;
    private SealedHeads.Sealed lastSealed;
    private long lastId;
    private long chains;
    private long lines;
    private long unsealed;

    ChainCheck(LineTable<T> table, Connection snapshot, Connection now, Restorations restorations) {
        this.table = table;
        this.snapshot = snapshot;
        this.now = now;
        this.restorations = restorations;
    }

    void run() throws SQLException, IOException {
        try (SealedHeads heads = SealedHeads.of(snapshot, table, restorations)) {
            sealed = heads;
            Rows.each(
                    snapshot,
                    "select c.name as chain_name, l.* from %s l left join chain c on c.id = l.chain order by l.chain, l.seq"
                            .formatted(table.name()),
                    this::check);
            if (head != null) {
                endOfChain();
            }
            if (sealed.peek() != null) {
                throw missing(sealed.peek().name(), 1, sealed.peek());
            }
        }
    }

    long chains() {
        return chains;
    }

    long lines() {
        return lines;
    }

    long unsealed() {
        return unsealed;
    }

    private void check(ResultSet row) throws SQLException {
        int chain = row.getInt("chain");
        if (head == null || head.chain() != chain) {
            startOfChain(row, chain);
        }
        long seq = row.getLong("seq");
        if (seq != head.seq() + 1) {
            throw new EvidenceIsWrong(
                    "chain %s, line %d".formatted(head.name(), head.seq() + 1),
                    "it is missing; the next one is line %d (%s)".formatted(seq, table.describe(row)));
        }
        T line = table.read(row);
        byte[] hash = row.getBytes("hash");
        checkLine(row, line, seq, hash);
        head = new Head(chain, head.name(), seq, hash);
        checkSeals(row);
        lines++;
    }

    private void startOfChain(ResultSet row, int chain) throws SQLException {
        if (head != null) {
            endOfChain();
        }
        SealedHeads.Sealed skipped = sealed.peek();
        if (skipped != null && skipped.chain() != null && skipped.chain() < chain) {
            throw missing(skipped.name(), 1, skipped);
        }
        String name = row.getString("chain_name");
        if (name == null) {
            throw new EvidenceIsWrong(
                    "chain number %d, line %d (%s)".formatted(chain, row.getLong("seq"), table.describe(row)),
                    "there is no chain of this number");
        }
        head = new Head(chain, name, 0, sm3.origin(name));
        lastSealed = null;
        lastId = 0;
        chains++;
    }

    private void endOfChain() {
        SealedHeads.Sealed beyond = sealed.peek();
        if (beyond != null && beyond.chain() != null && beyond.chain() == head.chain()) {
            throw missing(head.name(), head.seq() + 1, beyond);
        }
        unsealed += head.seq() - (lastSealed == null ? 0 : lastSealed.seq());
    }

    private static EvidenceIsWrong missing(String chain, long seq, SealedHeads.Sealed sealed) {
        return new EvidenceIsWrong(
                "chain %s, line %d".formatted(chain, seq),
                "it is missing, and all after it; seal %d says that the chain reached line %d"
                        .formatted(sealed.seal(), sealed.seq()));
    }

    private void checkLine(ResultSet row, T line, long seq, byte[] hash) throws SQLException {
        if (!MessageDigest.isEqual(hash, sm3.link(head.hash(), table.canonical(seq, line)))) {
            throw wrong(row, "it does not fit its hash: it was changed, moved or put in");
        }
        if (row.getLong("id") <= lastId) {
            throw wrong(row, "its id is not above that of the line before it");
        }
        if (!table.agrees(row)) {
            throw wrong(row, "its text does not fit the digest that the line holds");
        }
        if (lastSealed != null && lastSealed.end()) {
            throw wrong(row, "seal %d says that the chain had ended before it".formatted(lastSealed.seal()));
        }
        lastId = row.getLong("id");
        checkOpening(row, line, seq);
    }

    private void checkOpening(ResultSet row, T line, long seq) throws SQLException {
        boolean opens = table.opening(line).isPresent();
        if (opens != (seq == 1)) {
            throw wrong(row, seq == 1 ? "it does not open the chain" : "it opens a chain that is open");
        }
        if (opens) {
            OpeningSeal.check(now, table.opening(line).get()).ifPresent(fault -> {
                throw wrong(row, fault);
            });
        }
    }

    private void checkSeals(ResultSet row) throws SQLException {
        SealedHeads.Sealed next = sealed.peek();
        while (next != null && next.chain() != null && next.chain() == head.chain() && next.seq() == head.seq()) {
            if (!MessageDigest.isEqual(next.hash(), head.hash())) {
                long from = lastSealed == null ? 1 : lastSealed.seq() + 1;
                throw wrong(
                        row,
                        "it is not the line that seal %d saw; of lines %d to %d at least one was rewritten, with all hashes after it"
                                .formatted(next.seal(), from, head.seq()));
            }
            lastSealed = sealed.take();
            next = sealed.peek();
        }
    }

    private EvidenceIsWrong wrong(ResultSet row, String what) {
        try {
            return new EvidenceIsWrong(
                    "chain %s, line %d (%s)".formatted(head.name(), row.getLong("seq"), table.describe(row)), what);
        } catch (SQLException unreadable) {
            throw new IllegalStateException("A line of chain %s cannot be read".formatted(head.name()), unreadable);
        }
    }
}
