package org.shuniu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.shuniu.embedded.DemoSecrets;
import org.shuniu.partner.PartnerFiles;
import org.shuniu.partner.Secrets;
import org.shuniu.rotation.MasterKeys;
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
            super("Shuniu does not start in production: %d setting(s) are missing or made for the demo%n  %s"
                    .formatted(faults.size(), String.join(System.lineSeparator() + "  ", faults)));
        }
    }

    private static final Pattern SERVERS = Pattern.compile("//([^/?)]+)");
    private static final Pattern HOST = Pattern.compile("(\\[[^]]*]|[^:]+)(:\\d+)?");
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
        requireTls(environment, "shuniu.database.url", "sslmode=verify-full", faults);
        requireTls(environment, "spring.artemis.broker-url", "sslEnabled=true", faults);
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
    private static void requireTls(Environment environment, String setting, String option, List<String> faults) {
        String url = environment.getProperty(setting, "");
        if (url.matches(".*\\b(trustAll=true|verifyHost=false)\\b.*")) {
            faults.add("%s: \"%s\"; expected that the server's certificate is checked".formatted(setting, url));
        }
        List<String> known = List.of(environment.getProperty("shuniu.clear-text-hosts", String[].class, new String[0]));
        List<String> inClear = hosts(url).stream()
                .filter(host -> !THIS_MACHINE.contains(host) && !known.contains(host))
                .toList();
        if (!url.contains(option) && !inClear.isEmpty()) {
            faults.add("%s: \"%s\"; expected %s, or %s in shuniu.clear-text-hosts where nobody else is on that network"
                    .formatted(setting, url, option, String.join(",", inClear)));
        }
    }

    private static List<String> hosts(String url) {
        return SERVERS.matcher(url)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(",")))
                .map(HOST::matcher)
                .filter(Matcher::matches)
                .map(server -> server.group(1))
                .toList();
    }

    private static void requireOff(Environment environment, String setting, List<String> faults) {
        if (environment.getProperty(setting, Boolean.class, true)) {
            faults.add("%s: on; expected off in production".formatted(setting));
        }
    }
}
