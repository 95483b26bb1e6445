package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.fault.Fault;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/** A hub whose department was never tried starts all the same, and keeps what is for it. */
class HeldDepartmentsTest {

    private static final Map<String, Fault> FORESTRY = untried("forestry");

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final List<String> audit = new ArrayList<>();
    private final HeldDepartments held = hub();

    @BeforeAll
    static void start() throws Exception {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        sql().execute("truncate pause");
    }

    @Test
    void holdsThoseWhoWereNeverTriedAndNobodyElse() {
        held.hold(FORESTRY);
        held.hold(FORESTRY);

        assertThat(sql().queryForList("select partner, reason, paused_by, until from pause"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("partner", "forestry")
                        .containsEntry("reason", "operator")
                        .containsEntry("until", null));
        assertThat(sql().queryForObject("select note from pause", String.class))
                .contains("conformance.yaml", "no record");
        assertThat(audit).containsExactly("hub pause forestry");
    }

    @Test
    void letsAllGoWhenFilesAreInForceThatWerePassedWith() {
        held.hold(FORESTRY);
        held.releaseOthers();
        assertThat(paused()).containsExactly("forestry");

        held.release();

        assertThat(paused()).isEmpty();
        assertThat(audit).containsExactly("hub pause forestry", "hub resume forestry");
    }

    @Test
    void letsThoseGoWhoHavePassedWhenItStartsAgain() {
        held.hold(FORESTRY);
        HeldDepartments next = hub();
        next.hold(untried("parks"));

        next.releaseOthers();

        assertThat(paused()).containsExactly("parks");
    }

    @Test
    void leavesTheStopsOfOperatorsAndOfClocksAsTheyAre() {
        sql().update("insert into pause (partner, reason, paused_by) values ('forestry', 'operator', 'li')");
        sql().update("insert into pause (partner, reason, paused_by) values ('parks', 'hours', 'hub')");

        held.hold(FORESTRY);
        held.release();

        assertThat(paused()).containsExactly("forestry", "parks");
        assertThat(audit).isEmpty();
    }

    private HeldDepartments hub() {
        return new HeldDepartments(
                pools.settlement(),
                new AuditLog(
                        pools.settlement().sql(),
                        pools.settlement().transaction(),
                        line -> audit.add("%s %s %s".formatted(line.actor(), line.action(), line.target()))));
    }

    private static Map<String, Fault> untried(String partner) {
        return Map.of(
                partner,
                Fault.ofFile(Path.of("mappings", partner, "conformance.yaml"), "a contract, and no record", "one"));
    }

    private static JdbcTemplate sql() {
        return pools.settlement().sql();
    }

    private static List<String> paused() {
        return sql().queryForList("select partner from pause order by partner", String.class);
    }
}
