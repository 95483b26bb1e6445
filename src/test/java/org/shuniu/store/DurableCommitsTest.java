package org.shuniu.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.StoreStart;
import org.springframework.jdbc.core.JdbcTemplate;

class DurableCommitsTest {

    @TempDir
    Path directory;

    private EmbeddedPostgres server;
    private JdbcTemplate owner;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on")
                .start();
        owner = new JdbcTemplate(server.getPostgresDatabase());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Pools pools() {
        return Pools.open(server.getJdbcUrl("postgres", "postgres"), "postgres", "", 1, 1, 1);
    }

    @Test
    void nameTheServersSettingThatLosesThem() {
        try (Pools pools = pools()) {
            assertThat(DurableCommits.faults(pools.settlement().sql()))
                    .singleElement()
                    .asString()
                    .startsWith("the database's fsync: off; expected on");
            assertThat(StoreStart.refusal(pools)).contains("fsync: off");
        }
    }

    /** What a session has said for itself, no later change of the server's settings takes back. */
    @Test
    void areTheSessionsOwnWord() {
        try (Pools pools = pools()) {
            for (Pools.Door door : List.of(pools.intake(), pools.settlement(), pools.counting())) {
                assertThat(door.sql().queryForList("""
                        select name || ' ' || setting || ' ' || source from pg_settings
                        where name in ('synchronous_commit', 'statement_timeout') order by 1
                        """, String.class))
                        .containsExactly("statement_timeout 0 session", "synchronous_commit on session");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "local", "remote_write"})
    void areOnTheDiskWhateverASessionGetsByDefault(String setting) {
        owner.execute("alter system set synchronous_standby_names = 'another'");
        owner.execute("alter database postgres set synchronous_commit = " + setting);
        owner.execute("select pg_reload_conf()");
        await().until(() -> "another".equals(owner.queryForObject("show synchronous_standby_names", String.class)));
        try (Pools pools = pools()) {
            for (Pools.Door door : List.of(pools.intake(), pools.settlement(), pools.counting())) {
                assertThat(door.sql().queryForObject("show synchronous_commit", String.class))
                        .isEqualTo("on");
            }
            assertThat(DurableCommits.faults(pools.console().sql()))
                    .anyMatch(fault -> fault.startsWith("the database's synchronous_commit: " + setting));
        }
    }

    @Test
    void stayAsStrongAsTheServerMakesThem() {
        owner.execute("alter database postgres set synchronous_commit = remote_apply");
        try (Pools pools = pools()) {
            assertThat(pools.intake().sql().queryForObject("show synchronous_commit", String.class))
                    .isEqualTo("remote_apply");
            assertThat(DurableCommits.faults(pools.settlement().sql())).noneMatch(fault -> fault.contains("commit:"));
        }
    }
}
