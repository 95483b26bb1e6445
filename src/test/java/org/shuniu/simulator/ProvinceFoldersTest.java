package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.mapping.DriftCheck;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ProvinceFoldersTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    @TempDir
    Path directory;

    @Test
    void makesTheCityTheNeighbourOfTheProvince() {
        ProvinceSettings settings = settings();
        settings.makePapers();

        ProvinceFolders.make(settings);
        ProvinceFolders.make(settings);

        Path mappings = settings.directory().resolve("mappings");
        Catalogue catalogue = Catalogue.load(mappings);
        DriftCheck.check(catalogue, Mappings.load(mappings));
        assertThat(catalogue.province("310101002", TODAY)).contains(ProvinceSettings.CITY);
        assertThat(catalogue.province("330100", TODAY)).isEmpty();
        assertThat(catalogue.region(ProvinceSettings.CITY).itemNamed("CSJ312099069000", TODAY))
                .isPresent();
        PartnerDirectory partners = PartnerDirectory.load(
                settings.directory().resolve("routes"),
                environment(settings.ofTheProvince())::resolveRequiredPlaceholders);
        assertThat(partners.all().stream().map(Partner::id))
                .containsExactly(
                        "acceptance-platform",
                        "certificate-library",
                        "healthcare-security",
                        "human-resources",
                        "shanghai",
                        "sms-gateway");
        assertThat(partners.partner("sms-gateway").protocol()).isEqualTo("smpp");
        assertThat(partners.partner("sms-gateway").address()).contains(URI.create("smpp://127.0.0.1:8192"));
        assertThat(mappings.resolve("sms-gateway/notification.out.yaml"))
                .content()
                .contains("kind: json");
        assertThat(partners.partner("shanghai").exchange()).hasValueSatisfying(profile -> {
            assertThat(profile.party()).isEqualTo("urn:chx:shanghai:hub");
            assertThat(profile.keys()).containsKey("shanghai-demo");
        });
    }

    @Test
    void agreesOnWhatTheOtherSideHas() {
        ProvinceSettings settings = settings();
        settings.makePapers();
        Object certificate = settings.ofTheFirst().get("shuniu.partners.zhejiang.certificate");

        settings.makePapers();

        assertThat(settings.ofTheFirst())
                .containsEntry("shuniu.partners.zhejiang.certificate", certificate)
                .containsEntry("shuniu.partners.zhejiang.address", "https://127.0.0.1:8543/partner/v1")
                .containsEntry("shuniu.simulator.province.address", "http://127.0.0.1:8180");
        assertThat(directory.resolve("data/zhejiang/secrets/exchange/ca.pem"))
                .hasSameTextualContentAs(directory.resolve("data/secrets/exchange/ca.pem"));
        assertThat(directory.resolve("data/zhejiang/secrets/exchange/ca.key")).doesNotExist();
        assertThat(settings.ofTheProvince())
                .contains(
                        "--server.port=8180", "--shuniu.simulator.port=8190", "--shuniu.simulator.listeners.smpp=8192");
    }

    private ProvinceSettings settings() {
        Path exchange = directory.resolve("data/secrets/exchange");
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "the first hub",
                        Map.of(
                                "server.port",
                                8080,
                                "shuniu.data-dir",
                                directory.resolve("data").toString(),
                                "shuniu.secrets-dir",
                                directory.resolve("data/secrets").toString(),
                                "shuniu.exchange.port",
                                8443,
                                "shuniu.exchange.base",
                                "https://127.0.0.1:8443/partner/v1",
                                "shuniu.exchange.certificate",
                                exchange.resolve("hub.pem").toString(),
                                "shuniu.exchange.signing-key",
                                exchange.resolve("hub-sign.key").toString(),
                                "shuniu.exchange.keyid",
                                "shanghai-demo",
                                "shuniu.exchange.algorithm",
                                "sm2-sm3",
                                "shuniu.simulator.port",
                                8090)));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "folders",
                        Map.of(
                                "shuniu.routes-dir",
                                "routes",
                                "shuniu.mappings-dir",
                                "mappings",
                                "shuniu.simulator.listeners.smpp",
                                8092,
                                "shuniu.simulator.province.ports-above",
                                100)));
        return new ProvinceSettings(environment);
    }

    private static StandardEnvironment environment(Iterable<String> arguments) {
        Map<String, Object> settings =
                new java.util.HashMap<>(Map.of("shuniu.simulator.address", "http://127.0.0.1:8190"));
        arguments.forEach(argument -> settings.put(
                argument.substring(2, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1)));
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("the province", settings));
        return environment;
    }
}
