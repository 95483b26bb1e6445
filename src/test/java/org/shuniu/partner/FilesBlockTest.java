package org.shuniu.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partner of protocol sftp says everything that files need, or the hub does not start. */
class FilesBlockTest {

    @TempDir
    Path directory;

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> load("""
                        protocol: sftp
                        address: http://office
                        authentication: {kind: bearer, token: x}
                        files:
                          charset: GB-none
                          line-end: cr
                          known-host: typed
                          send: {directory: in, name: A.TXT, at: ["25:00"], days: some, trailer: "T{sum}"}
                          receive: {directory: out, name: "*", largest: big}
                        """))
                .isInstanceOf(PartnersRefused.class)
                .message()
                .contains("address: found a malformed value: 'http://office', expected sftp://host:port")
                .contains("delivery.unknown-outcome: found another policy, expected recognises-id")
                .contains("authentication.kind: found another kind: 'bearer', expected password or private-key")
                .contains("files.known-hosts: found nothing")
                .contains("files.known-host: found an unknown key")
                .contains("files.charset: found an unknown charset")
                .contains("files.line-end: found an unknown word")
                .contains(
                        "files.send.name: found a name that every batch would share: 'A.TXT', expected a place {number}")
                .contains("files.send.at: found no time of the day")
                .contains("files.send.days: found an unknown word")
                .contains("files.send.trailer: found {sum} is no place")
                .contains("files.receive: found neither trailer nor marker")
                .contains("files.receive.largest: found no size");
    }

    @Test
    void hasDefaultsForTheRest() {
        FileExchange files = load("""
                        protocol: sftp
                        address: sftp://office:22
                        authentication: {kind: password, username: hub, password: office-password}
                        delivery: {unknown-outcome: recognises-id}
                        files:
                          known-hosts: known_hosts
                          send: {directory: in, name: "A{number}.csv", header: columns, at: always}
                          receive: {directory: out, name: "*.csv", header: columns, marker: .ok}
                        """).files().orElseThrow();

        assertThat(files.charset()).hasToString("UTF-8");
        assertThat(files.lineEnd()).isEqualTo("\r\n");
        assertThat(files.deadline()).hasSeconds(60);
        assertThat(files.send().mostRows()).isEqualTo(10_000);
        assertThat(files.send().frame().columns()).isTrue();
        assertThat(files.receive().overdue()).hasMinutes(30);
        assertThat(files.receive().largest()).isEqualTo(16L * 1024 * 1024);
    }

    private Partner load(String block) {
        try {
            Path file = directory.resolve("office/partner.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "partner: office\nname: {zh: 测试, en: Office}\n" + block);
            return PartnerDirectory.load(directory, text -> text).partner("office");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
