package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;

class SentMessagesTest {

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 1, 1, 1);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    /** Whoever asks may die before he has recorded what he heard. */
    @Test
    void saysWhatARegionSaidAsOftenAsItIsAsked() {
        UUID message = UUID.randomUUID();
        pools.settlement().sql().update("""
                insert into exchange_sent (id, partner, message_id, delivery_id, case_no, type, subject, body, digest, written_at,
                    settled_at, rejected)
                values (?, 'hubei-test', ?, ?, 'C', 't', 'case/C', '', '', now(), now(), 'schema-invalid')
                """, message, message, message);
        SentMessages messages = new SentMessages(
                pools.settlement(), Vault.of(Map.of(1, new byte[32]), 1, new byte[32]), "shanghai", Clock.systemUTC());

        assertThat(messages.said("hubei-test", message)).contains("schema-invalid");
        assertThat(messages.said("hubei-test", message)).contains("schema-invalid");
    }
}
