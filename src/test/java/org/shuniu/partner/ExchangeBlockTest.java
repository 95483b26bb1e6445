package org.shuniu.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import org.shuniu.signature.SignatureAlgorithm;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ExchangeBlockTest {

    private static final String PROFILE = """
            exchange:
              version: 1
              party: urn:chx:anhui:hub
              base: https://hub.example.org/partner/v1
              certificates: [%s]
              keys:
                - keyid: anhui-2026a
                  algorithm: sm2-sm3
                  purpose: [message]
                  not-before: 2026-01-01
                  not-after: 2028-01-01
                  public-key: |
                    -----BEGIN PUBLIC KEY-----
                    MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEDhpYZR7KUJ+GkgVYaqwKCnAqWPSb
                    V6TDX2+i9Pksh/mAvBzejE3SBSw8SeBc4N+NgT/ibvp/hTpg66ZHRWXHsQ==
                    -----END PUBLIC KEY-----
              allow:
                - {type: cn.shuniu.case.submitted.v1, to: [police]}
                - {type: cn.shuniu.case.withdrawn.v1, to: ["*"]}
              directions: [push, pull]
              contact: duty desk
            """.formatted("AB:".repeat(31) + "AB");

    private final List<Fault> faults = new ArrayList<>();

    @Test
    void hasNoneForAPartnerThatIsNoRegion() {
        assertThat(read("partner: x")).isEmpty();
        assertThat(faults).isEmpty();
    }

    @Test
    void readsAProfileAndDeniesWhatItDoesNotName() {
        ExchangeProfile profile = read(PROFILE).orElseThrow();

        assertThat(faults).isEmpty();
        assertThat(profile.fingerprints()).containsExactly("ab".repeat(32));
        assertThat(profile.allows("cn.shuniu.case.submitted.v1", "police")).isTrue();
        assertThat(profile.allows("cn.shuniu.case.submitted.v1", "health")).isFalse();
        assertThat(profile.allows("cn.shuniu.case.withdrawn.v1", "health")).isTrue();
        assertThat(profile.allows("cn.shuniu.case.result.v1", "police")).isFalse();
        assertThat(profile.key("anhui-2026a", ExchangeProfile.Purpose.MESSAGE)).isPresent();
        assertThat(profile.key("anhui-2026a", ExchangeProfile.Purpose.RECEIPT)).isEmpty();
        assertThat(profile.key("anhui-2026b", ExchangeProfile.Purpose.MESSAGE)).isEmpty();
    }

    @Test
    void keepsTheOrderOfACaseStrictlyUnlessItSaysOtherwise() {
        assertThat(read(PROFILE).orElseThrow().order()).isEqualTo(ExchangeProfile.Order.STRICT);
        assertThat(read(PROFILE + "  order: lenient\n").orElseThrow().order()).isEqualTo(ExchangeProfile.Order.LENIENT);
        assertThat(faults).isEmpty();
    }

    @Test
    void endsAKeyAtMidnightInShanghai() {
        ExchangeProfile.Key key = read(PROFILE).orElseThrow().keys().get("anhui-2026a");

        assertThat(key.verifying().isValidAt(Instant.parse("2027-12-31T15:59:59Z")))
                .isTrue();
        assertThat(key.verifying().isValidAt(Instant.parse("2027-12-31T16:00:00Z")))
                .isFalse();
        assertThat(key.verifying().isValidAt(Instant.parse("2025-12-31T15:59:59Z")))
                .isFalse();
    }

    @Test
    void namesEveryFault() {
        read(PROFILE.replace("version: 1", "version: 0")
                .replace("urn:chx:anhui:hub", "anhui")
                .replace("https://", "http://")
                .replace("AB:", "")
                .replace("sm2-sm3", "ed25519")
                .replace("purpose: [message]", "purpose: [all]")
                .replace("2028-01-01", "2026-01-01")
                .replace("to: [police]", "too: [police]")
                .replace("push, pull", "pigeon")
                .replace(
                        "contact: duty desk",
                        "kontact: duty desk\n  window: 1h\n  order: none\n  limits: {message: much}"));

        for (String place : List.of(
                "version: found no number",
                "party: found no name",
                "base: found no https address",
                "certificates[0]: found no fingerprint",
                "keys[0].public-key: found no usable public key",
                "keys[0].purpose: found an unknown word",
                "keys[0].not-after: found a day that is not after",
                "allow[0]: found no rule",
                "directions: found an unknown word",
                "contact: found nothing",
                "kontact: found an unknown key",
                "window: found a window",
                "order: found an unknown word",
                "limits.message: found no size")) {
            assertThat(faults).anySatisfy(fault -> assertThat(fault.toString()).contains("exchange." + place));
        }
    }

    @Test
    void refusesAKeyWhosePointIsNotOnItsCurve() {
        read(PROFILE.replace("RWXHsQ==", "RWXHsg=="));

        assertThat(faults)
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .contains("exchange.keys[0].public-key: found no usable public key"));
    }

    @Test
    void registersWhatLiesInTheRegionsFolderAndNothingBefore(@TempDir Path folder) throws IOException {
        String byFolder = PROFILE.replaceAll("(?s)  keys:.*?  allow:", "  allow:")
                .replaceAll("  certificates: .*\n", "  files: %s\n".formatted(folder.resolve("region")));

        ExchangeProfile before = read(byFolder).orElseThrow();
        Files.createDirectory(folder.resolve("region"));
        Files.writeString(folder.resolve("region/anhui-2026b.pub"), """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
                -----END PUBLIC KEY-----
                """);
        ExchangeProfile after = read(byFolder).orElseThrow();

        assertThat(faults).isEmpty();
        assertThat(before.certificates()).isEmpty();
        assertThat(before.keys()).isEmpty();
        assertThat(after.key("anhui-2026b", ExchangeProfile.Purpose.MESSAGE))
                .hasValueSatisfying(key -> assertThat(key.algorithm()).isEqualTo(SignatureAlgorithm.ED25519));
        assertThat(after.key("anhui-2026b", ExchangeProfile.Purpose.RECEIPT)).isPresent();
    }

    @Test
    void namesEveryUnusableFileOfTheRegionsFolder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.crt"), "no certificate");
        Files.writeString(folder.resolve("b.pub"), "no key");

        read(PROFILE.replaceAll("  certificates: .*\n", "  files: %s\n".formatted(folder)));

        assertThat(faults)
                .hasSize(2)
                .anySatisfy(
                        fault -> assertThat(fault.toString()).contains("exchange.files: a.crt: found no certificate"))
                .anySatisfy(fault ->
                        assertThat(fault.toString()).contains("exchange.files: b.pub: found no usable public key"));
    }

    @Test
    void knowsWhatWasRemovedAndLetsItInNoMore() {
        ExchangeProfile profile = read(PROFILE.replace(
                                "certificates: [%s]".formatted("AB:".repeat(31) + "AB"),
                                "certificates: [{sha256: %s, ends: 2027-01-01T00:00:00+08:00, removed-at: 2026-12-01T10:00:00+08:00}]"
                                        .formatted("ab".repeat(32)))
                        .replace("algorithm: sm2", "removed-at: 2026-12-01T10:00:00+08:00\n      algorithm: sm2"))
                .orElseThrow();

        assertThat(faults).isEmpty();
        assertThat(profile.fingerprints()).isEmpty();
        assertThat(profile.certificates().get("ab".repeat(32)).ends()).contains(Instant.parse("2026-12-31T16:00:00Z"));
        assertThat(profile.key("anhui-2026a", ExchangeProfile.Purpose.MESSAGE)).isEmpty();
        assertThat(profile.keys().get("anhui-2026a").removedAt()).contains(Instant.parse("2026-12-01T02:00:00Z"));
    }

    private Optional<ExchangeProfile> read(String yaml) {
        BlockReader block = new BlockReader(
                Path.of("partner.yaml"),
                YamlLines.of(yaml),
                YAMLMapper.builder().build().readTree(yaml),
                faults);
        return new ExchangeBlock(block).read();
    }
}
