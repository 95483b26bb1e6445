package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.PartnerDirectory;

/** What a running hub makes of changed files. */
class ExchangeProfilesTest {

    private static final String NORTH = "north";
    private static final String SOUTH = "south";
    private static final String OF_NORTH = "aa".repeat(32);
    private static final String OF_SOUTH = "bb".repeat(32);

    @TempDir
    private Path routes;

    private final List<String> told = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();
    private ExchangeProfiles profiles;

    @BeforeEach
    void start() throws IOException {
        write(NORTH, block(NORTH, OF_NORTH));
        write(SOUTH, block(SOUTH, OF_SOUTH));
        profiles = new ExchangeProfiles(
                PartnerDirectory.load(routes, UnaryOperator.identity()),
                routes,
                UnaryOperator.identity(),
                all -> kept.add(all.size()),
                (action, target, detail) -> told.add(action + " " + detail));
    }

    @Test
    void forgetsARemovedKeyAndCertificateWhateverIsWrongElsewhere() throws IOException {
        write(SOUTH, "partner: [");
        write(
                NORTH,
                block(NORTH, OF_NORTH)
                        .replace(
                                "algorithm: ed25519", "removed-at: 2026-12-01T10:00:00+08:00\n      algorithm: ed25519")
                        .replace(OF_NORTH, "{sha256: %s, removed-at: 2026-12-01T10:00:00+08:00}".formatted(OF_NORTH)));

        look();

        assertThat(profiles.byCertificate(OF_NORTH)).isEmpty();
        assertThat(profiles.of(NORTH).orElseThrow().key("one", ExchangeProfile.Purpose.MESSAGE))
                .isEmpty();
        assertThat(profiles.byCertificate(OF_SOUTH)).isPresent();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("exchange-profile-refused ")
                .contains("south");
    }

    @Test
    void keepsARegionsProfileWhileItsFileHasAFaultAndTellsItOnce() throws IOException {
        write(NORTH, block(NORTH, OF_NORTH).replace("version: 1", "version: none"));

        look();
        look();

        assertThat(profiles.of(NORTH).orElseThrow().version()).isEqualTo(1);
        assertThat(profiles.refused()).containsExactly(NORTH);
        assertThat(told).singleElement().asString().contains("exchange.version: found no number above 0");
        assertThat(kept).containsExactly(2, 2);
    }

    @Test
    void countsANewKeyOnceItIsOnRecord() throws IOException {
        look();
        write(NORTH, block(NORTH, OF_NORTH).replace("keyid: one", "keyid: two"));

        profiles.lookAgain();
        ExchangeProfile read = profiles.of(NORTH).orElseThrow();
        profiles.record();

        assertThat(read.keys()).isEmpty();
        assertThat(profiles.of(NORTH).orElseThrow().keys()).containsOnlyKeys("two");
    }

    @Test
    void letsNobodyShowTheCertificateOfAnother() throws IOException {
        write(SOUTH, block(SOUTH, OF_NORTH));

        look();

        assertThat(profiles.byCertificate(OF_NORTH).orElseThrow().partner()).isEqualTo(NORTH);
        assertThat(profiles.byCertificate(OF_SOUTH).orElseThrow().partner()).isEqualTo(SOUTH);
        assertThat(told).singleElement().asString().contains("which north has too");
    }

    @Test
    void letsANewRegionInAfterTheNextSwapOrStartOnlyAndTellsItOnce() throws IOException {
        write("west", block("west", "cc".repeat(32)));

        look();
        look();

        assertThat(profiles.byCertificate("cc".repeat(32))).isEmpty();
        assertThat(told)
                .containsExactly("exchange-region-waits it gets in after the next swap, or the hub's next start");
        assertThat(profiles.waiting()).containsExactly("west");
        assertThat(profiles.refused()).isEmpty();
    }

    @Test
    void knowsNoRegionWhoseFolderIsGone() throws IOException {
        Files.delete(routes.resolve(SOUTH).resolve("partner.yaml"));

        look();

        assertThat(profiles.byCertificate(OF_SOUTH)).isEmpty();
        assertThat(profiles.of(SOUTH)).isEmpty();
        assertThat(kept).containsExactly(1);
    }

    private void look() {
        profiles.lookAgain();
        profiles.record();
    }

    private void write(String id, String text) throws IOException {
        Files.createDirectories(routes.resolve(id));
        Files.writeString(routes.resolve(id).resolve("partner.yaml"), text);
    }

    private static String block(String id, String certificate) {
        return """
                partner: %1$s
                name: {zh: 省, en: Province}
                protocol: chx
                address: https://%1$s.invalid/partner/v1
                operations: {application: cn.shuniu.case.submitted.v1}
                delivery: {unknown-outcome: recognises-id}
                exchange:
                  version: 1
                  party: urn:chx:%1$s:hub
                  certificates:
                    - %2$s
                  keys:
                    - keyid: one
                      algorithm: ed25519
                      purpose: [message]
                      not-before: 2026-01-01
                      not-after: 2099-01-01
                      public-key: |
                        -----BEGIN PUBLIC KEY-----
                        MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
                        -----END PUBLIC KEY-----
                  directions: [pull]
                  contact: desk
                """.formatted(id, certificate);
    }
}
