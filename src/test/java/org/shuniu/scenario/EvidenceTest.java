package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.evidence.Evidence;
import org.shuniu.evidence.SealKey;
import org.shuniu.evidence.Verification;
import org.shuniu.store.DatabaseAddress;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a superuser of the database does to the evidence is found, at the line where it was done. */
class EvidenceTest {

    private static final List<String> TABLES = List.of("event", "audit", "seal", "chain");

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static JdbcTemplate attacker;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory);
        for (String item : List.of(Applications.ECONOMY, Applications.HEALTHCARE, Applications.FEDERATION)) {
            hub.awaitStatus(hub.caseOf(Applications.online(item)), "60");
        }
        awaitCounts();
        hub.operate("/partners/economy/pause", "{\"reason\":\"maintenance\"}");
        hub.operate("/partners/economy/resume", "{\"reason\":\"done\"}");
        hub.awaitQuiet();
        hub.stop();
        hub.start();
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
        hub.awaitQuiet();
        hub.bean(Evidence.class).seal();
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
        hub.awaitQuiet();
        hub.bean(Evidence.class).seal();
        attacker = new JdbcTemplate(new SingleConnectionDataSource(connection(), true));
        attacker.execute("set session_replication_role = replica");
        TABLES.forEach(table -> attacker.execute("create table %1$s_true as select * from %1$s".formatted(table)));
    }

    /** A hub that has never run counts its partners at its start; after that nothing comes into the chains by itself. */
    private static void awaitCounts() {
        await().alias("partners counted")
                .atMost(Duration.ofSeconds(60))
                .until(() -> hub.sql()
                        .queryForObject(
                                "select count(*) > 0 and bool_and(state = 'done' or waits is not null) from reconciliation",
                                Boolean.class));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void fitsOverTwoRuns() {
        assertThat(verify().text())
                .contains("All evidence fits", ", 0 of them not sealed yet", "seals.log")
                .matches("(?s).*: \\d\\d chain\\(s\\) with \\d+ line\\(s\\).*");
        assertThat(attacker.queryForList("select distinct split_part(name, '/', 2) from chain", String.class))
                .containsExactlyInAnyOrder("r1", "r2");
    }

    @Test
    void bringsEveryPartOfALifeIntoTheChains() {
        assertThat(attacker.queryForList("select distinct kind from event", String.class))
                .contains("accepted", "routed", "status", "delivered", "returned", "chain-opened", "chain-closed");
        assertThat(attacker.queryForList(
                        "select distinct e.digest = m.digest from event e join message m on m.id = e.message_id where e.digest is not null",
                        Boolean.class))
                .containsExactly(true);
        assertThat(hub.operatorSees("/audit").toString())
                .contains("maintenance")
                .doesNotContain("chain-");
    }

    @Test
    void refusesToBeChangedByAnybodyElse() {
        assertThat(List.of("update event set detail = 'x'", "delete from audit", "truncate seal", "delete from chain"))
                .allSatisfy(statement -> assertThat(refusal(statement)).contains("append-only"));
    }

    @Test
    void findsAChangedRow() {
        Map<String, Object> row = inTheMiddle();

        assertThat(after("update event set detail = 'refused' where id = %s", row.get("id")))
                .contains(place(row, 0), "event %s, case %s".formatted(row.get("id"), row.get("case_no")))
                .contains("does not fit its hash");
    }

    @Test
    void findsAChangedTime() {
        Map<String, Object> row = inTheMiddle();

        assertThat(after("update event set at = at + interval '1 microsecond' where id = %s", row.get("id")))
                .contains(place(row, 0));
    }

    @Test
    void findsARemovedRow() {
        Map<String, Object> row = inTheMiddle();

        assertThat(after("delete from event where id = %s", row.get("id"))).contains(place(row, 0) + ": it is missing");
    }

    @Test
    void findsThatTheLastSealedRowIsGone() {
        Map<String, Object> row = last("r2");

        assertThat(after("delete from event where id = %s", row.get("id")))
                .contains(place(row, 0) + ": it is missing, and all after it");
    }

    @Test
    void findsThatAWholeChainIsGone() {
        Map<String, Object> row = last("r2");

        assertThat(after("delete from event where chain = %1$s; delete from chain where id = %1$s", row.get("chain")))
                .contains("chain %s, line 1: it is missing".formatted(row.get("name")));
    }

    @Test
    void findsThatAWholeRunIsGone() {
        assertThat(after("""
                        delete from event where chain in (select id from chain where name like '%%/r1/%%');
                        delete from audit where chain in (select id from chain where name like '%%/r1/%%');
                        delete from chain where name like '%%/r1/%%'
                        """)).contains("/r1/", "line 1: it is missing, and all after it");
    }

    @Test
    void findsRowsInAnotherOrder() {
        Map<String, Object> row = inTheMiddle();

        assertThat(after("""
                        update event set seq = -1 where id = %1$s;
                        update event set seq = %2$s where chain = %3$s and seq = %2$s + 1;
                        update event set seq = %2$s + 1 where id = %1$s
                        """, row.get("id"), row.get("seq"), row.get("chain"))).contains(place(row, 0));
    }

    @Test
    void findsRowsInAnotherOrderOfTheirIds() {
        Map<String, Object> row = inTheMiddle();

        assertThat(after("""
                        alter table event alter column id set generated by default;
                        update event e set id = (select sum(o.id) from event o where o.chain = e.chain
                            and o.seq in (%2$s, %2$s + 1)) - e.id where chain = %1$s and seq in (%2$s, %2$s + 1)
                        """, row.get("chain"), row.get("seq"))).contains(place(row, 1), "its id");
    }

    @Test
    void findsARowPutInBetween() {
        Map<String, Object> row = inTheMiddle();

        assertThat(after("""
                        update event set seq = -seq where chain = %1$s and seq >= %2$s;
                        insert into event (id, chain, seq, at, kind, hash) overriding system value
                            values (1000000, %1$s, %2$s, now(), 'put-in', 'x');
                        update event set seq = 1 - seq where chain = %1$s and seq < 0
                        """, row.get("chain"), row.get("seq"))).contains(place(row, 0), "put in");
    }

    @Test
    void findsARowPutAfterTheEndOfAChainWithTheRightHash() {
        Map<String, Object> row = last("r1");

        assertThat(after(() -> {
                    attacker.update(
                            "insert into event (chain, seq, at, kind, hash) values (?, ?, now(), 'put-in', 'x')",
                            row.get("chain"),
                            (Long) row.get("seq") + 1);
                    recompute((Integer) row.get("chain"), (Long) row.get("seq") + 1);
                }))
                .contains(place(row, 1), "had ended before it");
    }

    @Test
    void findsARewrittenRowThoughAllLaterHashesFit() {
        Map<String, Object> row = inTheMiddle();

        assertThat(after(() -> {
                    attacker.update("update event set detail = 'refused' where id = ?", row.get("id"));
                    recompute((Integer) row.get("chain"), (Long) row.get("seq"));
                }))
                .contains("chain %s, line".formatted(row.get("name")), "at least one was rewritten")
                .containsPattern("of lines \\d+ to \\d+");
    }

    @Test
    void findsARemovedSeal() {
        assertThat(after("delete from seal where no = 2")).contains("seal 2: it is missing in the table");
    }

    @Test
    void findsThatTheNewestSealIsGone() {
        Long last = attacker.queryForObject("select max(no) from seal", Long.class);

        assertThat(after("delete from seal where no = " + last))
                .contains("seal %d: it stands in".formatted(last), "but not in the table");
    }

    @Test
    void findsARewrittenSeal() {
        assertThat(after("update seal set heads = replace(heads, '/r1/', '/r9/') where no = 2"))
                .contains("seal 2: it does not fit its hash");
    }

    @Test
    void findsAChangedActOfAnOperator() {
        assertThat(after("update audit set action = 'looked' where action = 'pause'"))
                .contains("chain hub/r1/audit, line 3", "target economy", "does not fit its hash");
        assertThat(after("update audit set detail = 'nothing' where action = 'pause'"))
                .contains("chain hub/r1/audit, line 3", "does not fit the digest");
    }

    @Test
    void letsAnOperatorsWordsBeForgotten() {
        assertThat(after("update audit set detail = null where action = 'pause'"))
                .contains("All evidence fits");
    }

    /** A row of a live chain with others on both sides, behind the first line that was sealed. */
    private static Map<String, Object> inTheMiddle() {
        return attacker.queryForMap("""
                select e.*, c.name from event e join chain c on c.id = e.chain
                where c.name = 'economy/r2/settlement' and e.kind = 'delivered' order by seq limit 1
                """);
    }

    private static Map<String, Object> last(String run) {
        return attacker.queryForMap("""
                select e.*, c.name from event e join chain c on c.id = e.chain
                where c.name = 'economy/%s/settlement' order by seq desc limit 1
                """.formatted(run));
    }

    private static String place(Map<String, Object> row, int after) {
        return "chain %s, line %d".formatted(row.get("name"), (Long) row.get("seq") + after);
    }

    private static String after(String tampering, Object... values) {
        return after(() -> attacker.execute(tampering.formatted(values)));
    }

    /** What verify says of a tampered database, which is put right again. */
    private static String after(Runnable tampering) {
        try {
            tampering.run();
            Verification.Report report = verify();
            assertThat(report.fits()).isEqualTo(report.text().startsWith("All evidence fits"));
            return report.text();
        } finally {
            TABLES.forEach(table -> attacker.execute(
                    "delete from %1$s; insert into %1$s overriding system value select * from %1$s_true"
                            .formatted(table)));
        }
    }

    private static Verification.Report verify() {
        try (Connection one = connection();
                Connection another = connection()) {
            return Verification.run(
                    one, another, directory.resolve("data/evidence"), SealKey.of(hub.secret(SealKey.SECRET)));
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Connection connection() {
        DatabaseAddress address = hub.bean(DatabaseAddress.class);
        try {
            return DriverManager.getConnection(address.url(), address.username(), address.password());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String refusal(String statement) {
        try {
            hub.sql().execute(statement);
            return "done";
        } catch (org.springframework.dao.DataAccessException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    /** Makes all hashes from a line on fit again, as whoever knows the format can. */
    private static void recompute(int chain, long from) {
        byte[] hash = attacker.queryForObject(
                "select hash from event where chain = ? and seq = ?", byte[].class, chain, from - 1);
        for (Map<String, Object> row :
                attacker.queryForList("select * from event where chain = ? and seq >= ? order by seq", chain, from)) {
            hash = link(hash, row);
            attacker.update("update event set hash = ? where chain = ? and seq = ?", hash, chain, row.get("seq"));
        }
    }

    private static byte[] link(byte[] previous, Map<String, Object> row) {
        Instant at = attacker.queryForObject(
                        "select at from event where chain = ? and seq = ?",
                        OffsetDateTime.class,
                        row.get("chain"),
                        row.get("seq"))
                .toInstant();
        StringBuilder line = new StringBuilder(row.get("seq").toString());
        line.append('\t').append(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000);
        for (String column :
                List.of("case_no", "message_id", "delivery_id", "kind", "partner", "status", "detail", "digest")) {
            Object value = row.get(column);
            line.append('\t')
                    .append(
                            value == null
                                    ? "\\N"
                                    : value instanceof byte[] bytes
                                            ? HexFormat.of().formatHex(bytes)
                                            : value);
        }
        SM3Digest sm3 = new SM3Digest();
        byte[] text = line.toString().getBytes(StandardCharsets.UTF_8);
        sm3.update(previous, 0, previous.length);
        sm3.update(text, 0, text.length);
        byte[] hash = new byte[32];
        sm3.doFinal(hash, 0);
        return hash;
    }
}
