package org.shuniu.evidence;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends chains that get no further lines: their last line says so, and bars whoever still believes to own them. */
final class ChainEnds {

    private static final Logger LOG = LoggerFactory.getLogger(ChainEnds.class);
    private static final int TRIES = 3;

    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;
    private final Sm3 sm3 = new Sm3();

    ChainEnds(JdbcTemplate sql, TransactionTemplate transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    /** Chains that are open at the start of the only process; only the database knows where they ended. */
    List<EvidenceWriter.Ended> left() {
        return open("true");
    }

    /** Of them those that no process says to be its own: of earlier versions and of commands. */
    List<EvidenceWriter.Ended> leftByNobody() {
        return open("process is null");
    }

    /** Chains of processes that are gone, or have been paused for so long that they will find them ended. */
    List<EvidenceWriter.Ended> leftByOthers(UUID self) {
        return open("""
                process is not null and process <> ?
                and not exists (select 1 from lease where name = 'evidence/' || process and until > now())
                """, self);
    }

    /** Chains of commands: their last line is there with their first. */
    List<EvidenceWriter.Ended> leftByVisitors() {
        String ending = "/" + VisitorChains.WRITER;
        return open("right(name, ?) = ?", ending.length(), ending);
    }

    /** The last lines of chains to which nothing is added. */
    <T> List<Head> lastOf(LineTable<T> table, List<EvidenceWriter.Ended> chains) {
        return chains.stream()
                .flatMap(chain -> newest(table, chain).stream().limit(1))
                .map(Placed::head)
                .toList();
    }

    void markEnded(List<EvidenceWriter.Ended> chains) {
        chains.forEach(chain -> sql.update("update chain set closed_at = now() where id = ?", chain.chain()));
    }

    private List<EvidenceWriter.Ended> open(String which, Object... values) {
        return sql.query(
                "select id, name from chain where closed_at is null and %s order by id".formatted(which),
                (row, number) -> new EvidenceWriter.Ended(row.getInt("id"), row.getString("name"), null, null),
                values);
    }

    /** Ends chains of this table; returns the heads to seal. */
    <T> List<Head> end(LineTable<T> table, List<EvidenceWriter.Ended> chains) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> endAll(table, chains));
            } catch (DuplicateKeyException lastLineOfADyingProcess) {
                if (attempt == TRIES) {
                    throw lastLineOfADyingProcess;
                }
            }
        }
    }

    private <T> List<Head> endAll(LineTable<T> table, List<EvidenceWriter.Ended> chains) {
        List<Head> ends = new ArrayList<>();
        for (EvidenceWriter.Ended chain : chains) {
            endOne(table, chain).ifPresent(ends::add);
        }
        markEnded(chains);
        return ends;
    }

    /** An end that is there already was written by an attempt of which nobody knew the outcome. */
    private <T> Optional<Head> endOne(LineTable<T> table, EvidenceWriter.Ended chain) {
        List<Placed<T>> newest = newest(table, chain);
        if (newest.isEmpty() && chain.known() == null) {
            return Optional.empty();
        }
        boolean closed = !newest.isEmpty() && table.closes(newest.get(0).line());
        Optional<Head> last =
                newest.stream().skip(closed ? 1 : 0).map(Placed::head).findFirst();
        if (last.isEmpty() || !expected(last.get(), chain)) {
            LOG.error("Chain {} does not end with the line that this hub wrote; run verify", chain.name());
            return Optional.ofNullable(chain.known());
        }
        return Optional.of(closed ? newest.get(0).head() : close(table, last.get()));
    }

    private <T> List<Placed<T>> newest(LineTable<T> table, EvidenceWriter.Ended chain) {
        return sql.query(
                "select * from %s where chain = ? order by seq desc limit 2".formatted(table.name()),
                (row, number) -> new Placed<>(
                        new Head(chain.chain(), chain.name(), row.getLong("seq"), row.getBytes("hash")),
                        table.read(row)),
                chain.chain());
    }

    private static boolean expected(Head found, EvidenceWriter.Ended chain) {
        boolean anyLine = chain.known() == null && chain.possible() == null;
        return anyLine || same(found, chain.known()) || same(found, chain.possible());
    }

    private static boolean same(Head found, Head mine) {
        return mine != null && found.seq() == mine.seq() && MessageDigest.isEqual(found.hash(), mine.hash());
    }

    private <T> Head close(LineTable<T> table, Head last) {
        T line = table.hubs(
                LineTable.CLOSED, last.name().substring(0, last.name().indexOf('/')), "end");
        long seq = last.seq() + 1;
        Head end = new Head(last.chain(), last.name(), seq, sm3.link(last.hash(), table.canonical(seq, line)));
        sql.update(table.insert(), table.parameters(List.of(new Placed<>(end, line))));
        return end;
    }
}
