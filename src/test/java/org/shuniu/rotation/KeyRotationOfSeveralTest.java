package org.shuniu.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.partner.Secrets;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;

/** Two processes, of which one is told to take up a new key. */
class KeyRotationOfSeveralTest {

    private static final byte[] VALUE = "值".getBytes(StandardCharsets.UTF_8);
    private static final UUID ROW = UUID.randomUUID();

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    @BeforeAll
    static void start() throws IOException {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
        secret("index-key", "0a");
        secret("master-key", "01");
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void openWhatTheOtherSealsByANewKeyAndSealByItSoon() throws IOException {
        KeyRotation told = rotation();
        KeyRotation other = rotation();
        secret("master-key-2", "02");

        told.rotate("ann");
        byte[] sealed = told.vault().seal(VALUE, "a.column", ROW);

        assertThat(other.vault().open(sealed, "a.column", ROW)).isEqualTo(VALUE);
        assertThat(other.vault().current()).isEqualTo(1);
        other.follow();
        assertThat(other.vault().current()).isEqualTo(2);
        assertThat(other.vault().ids()).containsExactlyInAnyOrder(1, 2);
    }

    private static KeyRotation rotation() {
        AuditLog audit =
                new AuditLog(pools.settlement().sql(), pools.settlement().transaction(), line -> {});
        return KeyRotation.start(
                Secrets.of(directory.resolve("secrets"), Map.of()),
                pools.settlement(),
                audit,
                0,
                InstantSource.system());
    }

    private static void secret(String name, String digits) throws IOException {
        Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(directory.resolve("secrets").resolve(name), digits.repeat(32));
    }
}
