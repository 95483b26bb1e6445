package org.shuniu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.shuniu.embedded.DemoSecrets;
import org.shuniu.partner.PartnerFiles;
import org.shuniu.partner.Secrets;
import org.shuniu.rotation.MasterKeys;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Refuses to start in production on demo parts or demo secrets, naming everything that is missing at once. */
public final class ProductionSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The settings that keep a production hub from starting. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(List<String> faults) {
            super("Shuniu does not start in production: %d setting(s) are missing, made for the demo or unsafe%n  %s"
                    .formatted(faults.size(), String.join(System.lineSeparator() + "  ", faults)));
        }
    }

    private static final String UNCHECKED = "org.postgresql.ssl.NonValidatingFactory";
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private static final List<String> SETTINGS = List.of(
            "shuniu.public-url",
            "shuniu.database.url",
            "shuniu.database.username",
            "spring.artemis.broker-url",
            "spring.artemis.user");
    private static final List<String> SECRETS = List.of(
            "index-key",
            "seal-key",
            "operator-token-sha256",
            "metrics-token-sha256",
            "database-password",
            "broker-password");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        if (environment.acceptsProfiles(Profiles.of("production"))) {
            List<String> faults = faults(environment);
            if (!faults.isEmpty()) {
                throw new Refused(faults);
            }
        }
    }

    /** What is missing or made for the demo, each with the setting's name first. */
    public static List<String> faults(Environment environment) {
        List<String> faults = new ArrayList<>();
        for (String setting : SETTINGS) {
            requireSet(environment, setting, faults);
        }
        requireOff(environment, "shuniu.database.embedded", faults);
        requireOff(environment, "shuniu.simulator.enabled", faults);
        if (hasOidc(environment)) {
            requireHttps(environment, "shuniu.console.oidc.issuer", faults);
            requireHttps(environment, "shuniu.console.oidc.base-url", faults);
        }
        if (!"native".equals(environment.getProperty("spring.artemis.mode"))) {
            faults.add("spring.artemis.mode: expected native, a broker of its own");
        }
        requireTls(environment, faults);
        Path directory = Path.of(environment.getProperty("shuniu.secrets-dir", "data/secrets"));
        if (Files.exists(directory.resolve(DemoSecrets.MARK))) {
            faults.add("shuniu.secrets-dir: %s holds secrets made for the demo; expected secrets of your own"
                    .formatted(directory));
        }
        secretsAndPartners(environment, Secrets.of(directory, System.getenv()), faults);
        return faults;
    }

    private static void secretsAndPartners(Environment environment, Secrets secrets, List<String> faults) {
        PartnerFiles partners = new PartnerFiles(Path.of(environment.getProperty("shuniu.routes-dir", "routes")));
        partners.settings().stream()
                .filter(setting -> !setting.endsWith(".username"))
                .forEach(setting -> requireSet(environment, setting, faults));
        Set<String> names = new TreeSet<>(SECRETS);
        names.addAll(partners.secrets());
        if (IntStream.rangeClosed(1, MasterKeys.LAST)
                .noneMatch(id -> secrets.find(MasterKeys.secret(id)).isPresent())) {
            names.add(MasterKeys.secret(1));
        }
        if (hasOidc(environment)) {
            names.add("console-oidc-client-secret");
        }
        partners.senders().forEach(sender -> names.add(sender + "-token-sha256"));
        names.stream()
                .filter(name -> secrets.find(name).isEmpty())
                .forEach(name -> faults.add(
                        "secret %s: missing; expected as a file of shuniu.secrets-dir or as an environment variable"
                                .formatted(name)));
    }

    private static boolean hasOidc(Environment environment) {
        return environment.getProperty("shuniu.console.oidc.enabled", Boolean.class, false);
    }

    private static void requireSet(Environment environment, String setting, List<String> faults) {
        if (environment.getProperty(setting, "").isBlank()) {
            faults.add("%s: missing".formatted(setting));
        }
    }

    private static void requireHttps(Environment environment, String setting, List<String> faults) {
        String value = environment.getProperty(setting, "");
        if (!value.startsWith("https://")) {
            faults.add("%s: \"%s\"; expected https in production".formatted(setting, value));
        }
    }

    /** Cases and passwords go to the database and the broker: nobody on the way may read them, or answer in their place. */
    private static void requireTls(Environment environment, List<String> faults) {
        requireTls(
                environment,
                "shuniu.database.url",
                ServerAddress::ofDatabase,
                server -> server.says("sslmode", "verify-full") && !server.says("sslfactory", UNCHECKED),
                "sslmode=verify-full",
                faults);
        requireTls(
                environment,
                "spring.artemis.broker-url",
                ServerAddress::ofBroker,
                server -> server.says("sslEnabled", "true")
                        && !server.says("trustAll", "true")
                        && !server.says("verifyHost", "false"),
                "sslEnabled=true and a certificate that is checked",
                faults);
    }

    /** Nothing of an address is told but its hosts: it may hold passwords. */
    private static void requireTls(
            Environment environment,
            String setting,
            Function<String, List<ServerAddress>> servers,
            Predicate<ServerAddress> isSafe,
            String expected,
            List<String> faults) {
        String url = environment.getProperty(setting, "");
        if (url.isBlank()) {
            return;
        }
        List<String> known = Binder.get(environment)
                .bind("shuniu.clear-text-hosts", Bindable.listOf(String.class))
                .orElse(List.of());
        try {
            String inClear = servers.apply(url).stream()
                    .filter(server -> !isSafe.test(server))
                    .map(ServerAddress::host)
                    .filter(host -> !THIS_MACHINE.contains(host) && !known.contains(host))
                    .distinct()
                    .collect(Collectors.joining(","));
            if (!inClear.isEmpty()) {
                faults.add("%s: %s is spoken to without TLS that checks who answers; expected %s, or its name in"
                                .formatted(setting, inClear, expected)
                        + " shuniu.clear-text-hosts where nobody else is on that network");
            }
        } catch (IllegalArgumentException unreadable) {
            faults.add("%s: %s".formatted(setting, unreadable.getMessage()));
        }
    }

    private static void requireOff(Environment environment, String setting, List<String> faults) {
        if (environment.getProperty(setting, Boolean.class, true)) {
            faults.add("%s: on; expected off in production".formatted(setting));
        }
    }
}
