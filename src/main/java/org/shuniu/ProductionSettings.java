package org.shuniu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shuniu.embedded.DemoSecrets;
import org.shuniu.partner.Secrets;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Refuses to start in production on demo parts or demo secrets, naming everything that is missing at once. */
final class ProductionSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The settings that keep a production hub from starting. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(List<String> faults) {
            super("Shuniu does not start in production: %d setting(s) are missing or made for the demo%n  %s"
                    .formatted(faults.size(), String.join(System.lineSeparator() + "  ", faults)));
        }
    }

    private static final List<String> SETTINGS = List.of(
            "shuniu.public-url",
            "shuniu.database.url",
            "shuniu.database.username",
            "spring.artemis.broker-url",
            "spring.artemis.user");
    private static final List<String> SECRETS =
            List.of("master-key", "index-key", "operator-token-sha256", "database-password");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(shuniu\\.partners\\.[a-z0-9.-]+)");
    private static final Pattern SECRET =
            Pattern.compile("(?m)(?:client-secret|callback-token|token|password): *([a-z0-9-]+)");

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

    private static List<String> faults(Environment environment) {
        List<String> faults = new ArrayList<>();
        for (String setting : SETTINGS) {
            requireSet(environment, setting, faults);
        }
        requireOff(environment, "shuniu.database.embedded", faults);
        requireOff(environment, "shuniu.simulator.enabled", faults);
        if (!"native".equals(environment.getProperty("spring.artemis.mode"))) {
            faults.add("spring.artemis.mode: expected native, a broker of its own");
        }
        Path directory = Path.of(environment.getProperty("shuniu.secrets-dir", "data/secrets"));
        if (Files.exists(directory.resolve(DemoSecrets.MARK))) {
            faults.add("shuniu.secrets-dir: %s holds secrets made for the demo; expected secrets of your own"
                    .formatted(directory));
        }
        secretsAndPartners(environment, Secrets.of(directory, System.getenv()), faults);
        return faults;
    }

    private static void secretsAndPartners(Environment environment, Secrets secrets, List<String> faults) {
        Set<String> names = new TreeSet<>(SECRETS);
        names.add("broker-password");
        for (Path file : partnerFiles(Path.of(environment.getProperty("shuniu.routes-dir", "routes")))) {
            String text = read(file);
            PLACEHOLDER
                    .matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .distinct()
                    .filter(setting -> !setting.endsWith(".username"))
                    .forEach(setting -> requireSet(environment, setting, faults));
            SECRET.matcher(text).results().map(found -> found.group(1)).forEach(names::add);
        }
        names.stream()
                .filter(name -> secrets.find(name).isEmpty())
                .forEach(name -> faults.add(
                        "secret %s: missing; expected as a file of shuniu.secrets-dir or as an environment variable"
                                .formatted(name)));
    }

    private static void requireSet(Environment environment, String setting, List<String> faults) {
        if (environment.getProperty(setting, "").isBlank()) {
            faults.add("%s: missing".formatted(setting));
        }
    }

    private static void requireOff(Environment environment, String setting, List<String> faults) {
        if (environment.getProperty(setting, Boolean.class, true)) {
            faults.add("%s: on; expected off in production".formatted(setting));
        }
    }

    private static List<Path> partnerFiles(Path routes) {
        if (!Files.isDirectory(routes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(routes, 2)) {
            return files.filter(file -> file.endsWith("partner.yaml")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
