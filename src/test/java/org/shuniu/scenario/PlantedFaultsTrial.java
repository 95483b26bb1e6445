package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shuniu.packaged.Workplace;

/**
 * Whatever goes wrong, an operator who looks at the first page reads within a minute what it is, whose fault, and what now.
 *
 * <p>Partners are tried every second and given three seconds for an answer, as in every scenario, where production's own
 * waits are 5 s to 40 s: the first page shows a partner that does not answer once five calls in a row have failed, which
 * comes sooner the more there is to send. Only the disk's bound is another (production: 2 GB free).
 */
class PlantedFaultsTrial {

    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        RegionPki pki = new RegionPki(directory.resolve("pki"));
        pki.certificate("shanghai", "ca", "clientAuth", 30);
        pki.certificate("zhejiang", "ca", "clientAuth", 30);
        pki.signingKey("shanghai", "sm2-sm3");
        pki.signingKey("zhejiang", "sm2-sm3");
        int port = Workplace.freePort();
        hub = RunningHub.start(
                directory,
                PlantedFaultsTrial::asking,
                "--shuniu.incidents.every=200ms",
                "--shuniu.incidents.disk=1000000GB",
                "--shuniu.partners.grain.known-hosts=" + directory.resolve("data/sftp/known_hosts_of_grain"),
                "--shuniu.exchange.enabled=true",
                "--shuniu.exchange.port=" + port,
                "--shuniu.exchange.base=https://127.0.0.1:%d/partner/v1".formatted(port),
                "--shuniu.exchange.party=urn:chx:shanghai:hub",
                "--shuniu.exchange.certificate=" + pki.path("hub.pem"),
                "--shuniu.exchange.certificate-key=" + pki.path("hub.key"),
                "--shuniu.exchange.client-certificate=" + pki.path("shanghai.pem"),
                "--shuniu.exchange.client-certificate-key=" + pki.path("shanghai.key"),
                "--shuniu.exchange.client-authorities=" + pki.path("ca.pem"),
                "--shuniu.exchange.keyid=shanghai-1",
                "--shuniu.exchange.signing-key=" + pki.path("shanghai.sign"),
                "--shuniu.partners.zhejiang.connected=true",
                "--shuniu.partners.zhejiang.address=https://127.0.0.1:%d/partner/v1".formatted(Workplace.freePort()),
                "--shuniu.partners.zhejiang.certificate=" + pki.fingerprint("zhejiang"),
                "--shuniu.partners.zhejiang.keyid=zhejiang-1",
                "--shuniu.partners.zhejiang.key-not-after=" + LocalDate.now().plusDays(5),
                "--shuniu.partners.zhejiang.public-key-file=" + pki.path("zhejiang.pub"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** One department can't say what became of a call and knows no repetition. */
    private static String asking(String partnerFile) {
        return partnerFile.contains("partner: health\n")
                ? partnerFile.replace("unknown-outcome: recognises-id", "unknown-outcome: neither")
                : partnerFile;
    }

    @ParameterizedTest
    @EnumSource
    void tellsCauseOwnerAndNextStepWithinAMinute(PlantedFault fault) {
        fault.plantIn(hub);
        Browser chinese = Browser.of(hub, "operator");
        Browser english = Browser.of(hub, "operator");
        english.get("/?lang=en");

        await().atMost(A_MINUTE).untilAsserted(() -> {
            assertThat(entries(chinese)).anySatisfy(entry -> assertThat(entry).contains(fault.words()));
            assertThat(entries(english)).anySatisfy(entry -> assertThat(entry).contains(fault.wordsInEnglish()));
        });
    }

    /** What needs a person, each as it reads without its marks. */
    private static List<String> entries(Browser operator) {
        String page = operator.get("/").body();
        int begin = page.indexOf("<ol class=\"urgent\"");
        return begin < 0
                ? List.of()
                : Arrays.stream(page.substring(begin, page.indexOf("</ol>", begin))
                                .split("<li "))
                        .skip(1)
                        .map(entry -> entry.substring(entry.indexOf('>') + 1)
                                .replaceAll("<[^>]+>", " ")
                                .replaceAll("\\s+", " ")
                                .replace("&#39;", "'"))
                        .toList();
    }
}
