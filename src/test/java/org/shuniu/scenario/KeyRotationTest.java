package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {

    private static final String ATTACHMENT = "content of two chunks and more ".repeat(5_000);

    @Test
    void readsEverythingAfterTheOldKeyIsGone(@TempDir Path directory) throws IOException {
        try (RunningHub hub = RunningHub.start(directory)) {
            // Given values under the first key
            String before = decided(hub);
            String attachment = upload(hub);

            // When the hub takes up a second key while it runs, moves the old values and loses the first key
            write(hub, "master-key-2", "ab".repeat(32));
            assertThat(hub.operate("/vault/rotate", "{}").statusCode()).isEqualTo(200);
            String after = decided(hub);
            hub.awaitQuiet();
            assertThat(hub.operate("/vault/reseal", "{}").statusCode()).isEqualTo(202);
            awaitResealed(hub);
            assertThat(sealedColumns(hub)).isEqualTo(resealedColumns(hub));
            hub.stop();
            Files.delete(directory.resolve("data/secrets/master-key"));
            hub.start();

            // Then everything can be read, and new cases go on
            assertThat(hub.caseFile(before).path("result").path("outcome").isMissingNode())
                    .isFalse();
            assertThat(hub.caseFile(after).path("result").path("outcome").isMissingNode())
                    .isFalse();
            assertThat(hub.get(attachment).body()).isEqualTo(ATTACHMENT);
            decided(hub);
            assertThat(hub.operatorSees("/audit").toString()).contains("rotate-key", "reseal");
        }
    }

    @Test
    void doesNotStartWithoutAKeyThatValuesNeed(@TempDir Path directory) throws IOException {
        try (RunningHub hub = RunningHub.start(directory)) {
            decided(hub);
            hub.stop();
            write(hub, "master-key-2", "ab".repeat(32));
            Files.delete(directory.resolve("data/secrets/master-key"));

            assertThatThrownBy(hub::start).rootCause().hasMessageContaining("stored values need key 1");
        }
    }

    @Test
    void keepsItsKeyWhenTheNewOneIsMissingOrMalformed(@TempDir Path directory) throws IOException {
        try (RunningHub hub = RunningHub.start(directory)) {
            assertThat(hub.operate("/vault/rotate", "{}").body()).contains("master-key-2");

            write(hub, "master-key-2", "not a key");

            assertThat(hub.operate("/vault/rotate", "{}").body())
                    .contains("master-key-2")
                    .doesNotContain("not a key");
            assertThat(hub.operatorSees("/vault").path("currentKey").asInt()).isEqualTo(1);
        }
    }

    private static void awaitResealed(RunningHub hub) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/vault")
                        .path("reseal")
                        .path("state")
                        .asString("")
                        .equals("done"));
        assertThat(hub.operatorSees("/vault")
                        .path("keys")
                        .path(0)
                        .path("needed")
                        .asBoolean(true))
                .isFalse();
    }

    /** Columns of bytes; all of them but those that hold hashes, signatures and what has to be read without a key. */
    private static Set<String> sealedColumns(RunningHub hub) {
        return new TreeSet<>(hub.sql().queryForList("""
                select c.table_name || '.' || c.column_name from information_schema.columns c
                    join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
                where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'bytea'
                    and c.column_name not in ('digest', 'detail_digest', 'code_digest', 'token_digest', 'fingerprint', 'prev',
                        'hash', 'applicant_index', 'signature', 'counter_signature', 'certificate', 'receipt', 'evidence',
                        'manifest', 'countersigned', 'stamped')
                    and (c.table_name, c.column_name) not in (('batch_row', 'format'), ('month_key', 'secret'), ('mapping_text', 'content'), ('configuration_text', 'content'),
                        ('proposal', 'difference'), ('proposal_file', 'content'),
                        ('exchange_time_stamp', 'answer'))
                """, String.class));
    }

    private static Set<String> resealedColumns(RunningHub hub) {
        return new TreeSet<>(hub.sql()
                .queryForList("select distinct place from vault_reseal_place where place like '%.%'", String.class));
    }

    private static String decided(RunningHub hub) {
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(caseNo, "60");
        return caseNo;
    }

    private static String upload(RunningHub hub) {
        byte[] content = ATTACHMENT.getBytes(StandardCharsets.UTF_8);
        String path = "/api/v1/attachments/" + EncryptionAtRestTest.digest(content);
        assertThat(hub.send(hub.request(path, "acceptance-platform-token")
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(content)))
                        .statusCode())
                .isEqualTo(201);
        return path;
    }

    private static void write(RunningHub hub, String secret, String value) throws IOException {
        Files.writeString(hub.directory().resolve("data/secrets").resolve(secret), value);
    }
}
