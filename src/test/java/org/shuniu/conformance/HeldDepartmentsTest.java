package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final List<String> audit = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
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
        sql().execute("truncate pause, untried_resumed");
    }

    @Test
    void holdsThoseWhoWereNeverTriedAndNobodyElse() {
        hold(held, untried("forestry", "a"));
        hold(held, untried("forestry", "a"));

        assertThat(sql().queryForList("select partner, reason, paused_by, until, files from pause"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("partner", "forestry")
                        .containsEntry("reason", "untried")
                        .containsEntry("paused_by", "hub")
                        .containsEntry("until", null)
                        .containsEntry("files", "a"));
        assertThat(sql().queryForObject("select note from pause", String.class))
                .contains("conformance.yaml", "no record");
        assertThat(audit).containsExactly("hub pause forestry");
    }

    @Test
    void holdsNobodyBeforeTheFilesAreInForce() {
        held.goesBy(untried("forestry", "a"));

        assertThat(paused()).isEmpty();
    }

    @Test
    void letsAllGoWhenFilesAreInForceThatWerePassedWith() {
        hold(held, untried("forestry", "a"));
        held.release();
        assertThat(paused()).containsExactly("forestry untried");

        held.goesBy(new Standing(true, Map.of(), Set.of("forestry")));
        held.release();

        assertThat(paused()).isEmpty();
        assertThat(audit).containsExactly("hub pause forestry", "hub resume forestry");
        assertThat(details).last().isEqualTo("its test system has passed with the files in force");
    }

    @Test
    void saysWhyItLetsGoWhoHasNotPassed() {
        hold(held, untried("forestry", "a"));
        held.goesBy(new Standing(true, Map.of(), Set.of()));
        held.release();
        assertThat(details).last().asString().contains("has no contract or is not connected");

        hold(held, untried("forestry", "a"));
        held.goesBy(Standing.FREE);
        held.release();
        assertThat(details).last().asString().startsWith("no record is asked for any more");
    }

    @Test
    void letsThoseGoWhoHavePassedWhenItStartsAgain() {
        hold(held, untried("forestry", "a"));
        HeldDepartments next = hub();
        hold(next, untried("parks", "a"));

        next.release();

        assertThat(paused()).containsExactly("parks untried");
    }

    @Test
    void holdsBesideTheStopsOfOperatorsAndOfClocksAndLeavesThemAsTheyAre() {
        sql().update("insert into pause (partner, reason, paused_by) values ('forestry', 'operator', 'li')");
        sql().update("insert into pause (partner, reason, paused_by) values ('parks', 'hours', 'hub')");

        hold(held, untried("forestry", "a"));
        assertThat(paused()).containsExactly("forestry operator", "forestry untried", "parks hours");
        held.goesBy(Standing.FREE);
        held.release();

        assertThat(paused()).containsExactly("forestry operator", "parks hours");
    }

    @Test
    void holdsNobodyForFilesForWhichAnOperatorHasAnsweredAndForOthersAgain() {
        sql().update("""
                insert into untried_resumed (partner, files, resumed_by, reason) values ('forestry', 'a', 'li', 'agreed by phone')
                """);

        hold(held, untried("forestry", "a"));
        assertThat(paused()).isEmpty();
        hold(held, untried("forestry", "b"));
        assertThat(paused()).containsExactly("forestry untried");

        // Back to those of before
        held.goesBy(untried("forestry", "a"));
        held.release();

        assertThat(paused()).isEmpty();
        assertThat(details).last().asString().startsWith("an operator has answered");
    }

    private static void hold(HeldDepartments hub, Standing standing) {
        hub.goesBy(standing);
        hub.hold();
    }

    private HeldDepartments hub() {
        return new HeldDepartments(
                pools.settlement(),
                new AuditLog(pools.settlement().sql(), pools.settlement().transaction(), line -> {
                    audit.add("%s %s %s".formatted(line.actor(), line.action(), line.target()));
                    details.add(line.detail());
                }));
    }

    private static Standing untried(String partner, String files) {
        Fault fault =
                Fault.ofFile(Path.of("mappings", partner, "conformance.yaml"), "a contract, and no record", "one");
        return new Standing(true, Map.of(partner, new Standing.Untried(fault, files)), Set.of());
    }

    private static JdbcTemplate sql() {
        return pools.settlement().sql();
    }

    private static List<String> paused() {
        return sql().queryForList("select partner || ' ' || reason from pause order by partner, reason", String.class);
    }
}
