package org.shuniu.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shuniu.embedded.DemoExchange;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;
import org.springframework.core.env.Environment;

/** What the demo's two hubs are told of each other, and the second one of itself. */
final class ProvinceSettings {

    static final String PROVINCE = "zhejiang";
    static final String CITY = "shanghai";

    private static final String KEYID = PROVINCE + "-demo";
    private static final String ALGORITHM = "sm2-sm3";

    /** No more departments than ProvinceFolders leaves it, no traffic of its own, and no province again. */
    private static final List<String> ALWAYS = List.of(
            "--shuniu.database.front-ends=",
            "--shuniu.simulator.disabled-federation.url=",
            "--shuniu.simulator.front-ends=",
            "--shuniu.simulator.sftp.port=-1",
            "--shuniu.simulator.listeners.archives=0",
            "--shuniu.simulator.listeners.queues=0",
            "--shuniu.simulator.day.length=0",
            "--shuniu.simulator.traffic.enabled=false",
            "--shuniu.simulator.province.enabled=false",
            "--shuniu.simulator.ends-with-input=true");

    private final Environment environment;

    ProvinceSettings(Environment environment) {
        this.environment = environment;
    }

    /** All that is the second hub's. */
    Path directory() {
        return directory("shuniu.data-dir").resolve(PROVINCE);
    }

    Path secrets() {
        return directory().resolve("secrets");
    }

    Path routes() {
        return directory("shuniu.routes-dir");
    }

    Path mappings() {
        return directory("shuniu.mappings-dir");
    }

    /** The port of its own short-message centre; 0 where the first hub has none either. */
    int shortMessages() {
        String setting = "shuniu.simulator.listeners.smpp";
        return environment.getProperty(setting, Integer.class, 0) > 0 ? port(setting) : 0;
    }

    /** The address of its API. */
    String api() {
        return "http://127.0.0.1:" + port("server.port");
    }

    /** Makes its certificate and key, and the public halves of both sides' keys; what is there stays. */
    void makePapers() {
        DemoExchange.makeFurther(secrets(), directory("shuniu.secrets-dir"));
        try {
            Files.writeString(
                    publicKey(PROVINCE), publicHalf(KEYID, ALGORITHM, secrets().resolve("exchange/hub-sign.key")));
            Files.writeString(
                    publicKey(CITY),
                    publicHalf(
                            text("shuniu.exchange.keyid"),
                            text("shuniu.exchange.algorithm"),
                            Path.of(text("shuniu.exchange.signing-key"))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path publicKey(String whose) {
        return directory().resolve(whose + ".pub");
    }

    private static String publicHalf(String keyid, String algorithm, Path key) throws IOException {
        return SigningKey.of(keyid, SignatureAlgorithm.find(algorithm).orElseThrow(), Files.readString(key))
                .publicPem();
    }

    /** What is agreed with the province, by the placeholders of its partner.yaml. */
    Map<String, Object> ofTheFirst() {
        Map<String, Object> settings =
                agreed(PROVINCE, entry(), secrets().resolve("exchange/hub.pem"), KEYID, ALGORITHM);
        settings.put("shuniu.simulator.province.address", api());
        return settings;
    }

    /** The command-line arguments of the province's hub. */
    List<String> ofTheProvince() {
        Map<String, Object> settings = agreed(
                CITY,
                text("shuniu.exchange.base"),
                Path.of(environment.getProperty(
                        "shuniu.exchange.client-certificate", text("shuniu.exchange.certificate"))),
                text("shuniu.exchange.keyid"),
                text("shuniu.exchange.algorithm"));
        settings.put("server.port", port("server.port"));
        settings.put("shuniu.data-dir", directory());
        settings.put("shuniu.routes-dir", directory().resolve("routes"));
        settings.put("shuniu.mappings-dir", directory().resolve("mappings"));
        settings.put("shuniu.exchange.port", port("shuniu.exchange.port"));
        settings.put("shuniu.exchange.party", "urn:chx:%s:hub".formatted(PROVINCE));
        settings.put("shuniu.exchange.keyid", KEYID);
        settings.put("shuniu.exchange.algorithm", ALGORITHM);
        settings.put("shuniu.simulator.port", port("shuniu.simulator.port"));
        settings.put("shuniu.simulator.listeners.smpp", shortMessages());
        List<String> arguments = new ArrayList<>(ALWAYS);
        settings.forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
        return arguments;
    }

    private Map<String, Object> agreed(
            String partner, String address, Path certificate, String keyid, String algorithm) {
        String prefix = "shuniu.partners.%s.".formatted(partner);
        return new TreeMap<>(Map.of(
                prefix + "connected",
                true,
                prefix + "address",
                address,
                prefix + "certificate",
                fingerprint(certificate),
                prefix + "keyid",
                keyid,
                prefix + "algorithm",
                algorithm,
                prefix + "public-key-file",
                publicKey(partner).toString(),
                prefix + "contact",
                "whoever runs the demo"));
    }

    private String entry() {
        return "https://127.0.0.1:%d/partner/v1".formatted(port("shuniu.exchange.port"));
    }

    private static String fingerprint(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            return ExchangeProfile.fingerprint(CertificateFactory.getInstance("X.509")
                    .generateCertificate(file)
                    .getEncoded());
        } catch (IOException | CertificateException unreadable) {
            throw new IllegalStateException("%s is no certificate in PEM".formatted(pem), unreadable);
        }
    }

    private int port(String setting) {
        return environment.getRequiredProperty(setting, Integer.class)
                + environment.getRequiredProperty("shuniu.simulator.province.ports-above", Integer.class);
    }

    private Path directory(String setting) {
        return Path.of(text(setting)).toAbsolutePath().normalize();
    }

    private String text(String setting) {
        return environment.getRequiredProperty(setting);
    }
}
