package org.shuniu.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.signature.SignatureAlgorithm;

/** What a person has written stays as it is; only what is said is changed. */
class ProfileFileTest {

    private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");
    private static final String OLD = "ab".repeat(32);
    private static final ProfileFile.NewKey KEY = new ProfileFile.NewKey(
            "anhui-2026b",
            SignatureAlgorithm.ED25519,
            EnumSet.allOf(ExchangeProfile.Purpose.class),
            LocalDate.parse("2026-12-01"),
            LocalDate.parse("2028-12-01"),
            "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n");

    private static final String WRITTEN = """
            # 安徽 𬭊: by hand
            partner: anhui
            exchange:
              # rises
              version: 7
              certificates: ["${anhui.certificate:}"] # one
              keys:
                - keyid: "${anhui.keyid}"
                  # until the summer
                  algorithm: sm2-sm3
                  public-key: |
                    -----BEGIN PUBLIC KEY-----
                    MFkw
                    -----END PUBLIC KEY-----

              # what may come
              allow: []
            """;

    @TempDir
    private Path directory;

    @Test
    void addsAKeyBehindTheOthersAndRaisesTheVersion() throws IOException {
        String changed = read(WRITTEN).with(KEY).text();

        assertThat(changed)
                .isEqualTo(WRITTEN.replace("version: 7", "version: 8").replace("""
                        -----END PUBLIC KEY-----

                """, """
                        -----END PUBLIC KEY-----
                    - keyid: anhui-2026b
                      algorithm: ed25519
                      purpose: [message, receipt]
                      not-before: 2026-12-01
                      not-after: 2028-12-01
                      public-key: |
                        -----BEGIN PUBLIC KEY-----
                        MCow
                        -----END PUBLIC KEY-----

                """));
    }

    @Test
    void marksAKeyAsRemovedInItsPlace() throws IOException {
        String changed = read(WRITTEN).withoutKey("anhui-2026a", NOW).text();

        assertThat(changed)
                .isEqualTo(WRITTEN.replace("version: 7", "version: 8").replace("""
                        -----END PUBLIC KEY-----

                """, """
                        -----END PUBLIC KEY-----
                      removed-at: 2026-11-26T10:00:00+08:00

                """));
    }

    @Test
    void changesListsInTheStyleInWhichTheyAreWritten() throws IOException {
        String added = read(WRITTEN).withCertificate("cd".repeat(32), NOW).text();
        String removed = read(WRITTEN).withoutCertificate(OLD, NOW).text();
        String block = WRITTEN.replace(
                "certificates: [\"${anhui.certificate:}\"] # one", "certificates:\n  - " + OLD + " # one");

        assertThat(added)
                .contains(
                        "certificates: [\"${anhui.certificate:}\", {sha256: %s, ends: 2026-11-26T10:00:00+08:00}] # one\n"
                                .formatted("cd".repeat(32)));
        assertThat(removed)
                .contains(
                        "certificates: [{sha256: \"${anhui.certificate:}\", removed-at: 2026-11-26T10:00:00+08:00}] # one\n");
        assertThat(read(block).withCertificate("cd".repeat(32), NOW).text())
                .contains("  - %s # one\n  - {sha256: %s, ends: ".formatted(OLD, "cd".repeat(32)));
        assertThat(read(block).withoutCertificate(OLD, NOW).text())
                .contains("  - {sha256: \"%s\", removed-at: 2026-11-26T10:00:00+08:00} # one\n".formatted(OLD));
    }

    @Test
    void goesOnFromWhatItHasChangedBefore() throws IOException {
        ProfileFile once =
                read(WRITTEN).with(KEY).withoutKey("anhui-2026b", NOW).withCertificate("cd".repeat(32), NOW);

        assertThat(once.withoutCertificate("cd".repeat(32), NOW).text())
                .contains("version: 11", "ends: 2026-11-26T10:00:00+08:00, removed-at: 2026-11-26T10:00:00+08:00}]");
        assertThat(once.text().lines().filter(line -> line.contains("removed-at")))
                .hasSize(1);
    }

    @Test
    void saysWhyAFileCannotBeChanged() throws IOException {
        assertThatThrownBy(() -> read(WRITTEN).withoutKey("other", NOW))
                .hasMessageContaining("not in the list exchange.keys");
        assertThatThrownBy(() ->
                        read(WRITTEN.replace("version: 7", "version: ${v}")).with(KEY))
                .hasMessageContaining("exchange.version: found ${v}, expected a number");
        assertThatThrownBy(() -> read("{a: ${b}}")).hasMessageContaining("put them into quotation marks");
        assertThatThrownBy(() -> read("exchange: {version: 1}").with(KEY)).hasMessageContaining("no exchange.keys");
    }

    @Test
    void neverWritesOverWhatSomebodyElseHasWritten() throws IOException {
        ProfileFile changed = read(WRITTEN).with(KEY);
        Path file = directory.resolve("partner.yaml");
        Files.writeString(file, WRITTEN.replace("by hand", "by another hand"));

        assertThatThrownBy(changed::write).hasMessageContaining("was changed by somebody else");

        Files.writeString(file, WRITTEN);
        Files.createFile(directory.resolve(".partner.yaml.new"));
        assertThatThrownBy(changed::write).hasMessageContaining("is being changed by somebody else");

        Files.delete(directory.resolve(".partner.yaml.new"));
        changed.write();
        assertThat(file).content().isEqualTo(changed.text());
        assertThat(names()).containsExactly("partner.yaml");
    }

    private List<String> names() {
        return Arrays.stream(directory.toFile().list()).toList();
    }

    private ProfileFile read(String text) throws IOException {
        Path file = directory.resolve("partner.yaml");
        Files.writeString(file, text);
        UnaryOperator<String> filled =
                raw -> raw.replace("${anhui.certificate:}", OLD).replace("${anhui.keyid}", "anhui-2026a");
        return ProfileFile.read(file, filled);
    }
}
