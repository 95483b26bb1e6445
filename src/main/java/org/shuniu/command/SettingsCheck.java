package org.shuniu.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.ProductionSettings;
import org.shuniu.fault.Fault;
import org.shuniu.fault.Nearest;
import org.shuniu.partner.PartnerFiles;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The hub's own settings, wherever they are set: none that nobody reads, and each of its kind. */
final class SettingsCheck {

    private static final String OURS = "shuniu.";
    private static final String ROUTES = "shuniu.routes-dir";
    private static final List<String> FOLDERS = List.of(ROUTES, "shuniu.mappings-dir");
    private static final String OF_PARTNERS = "shuniu.partners.";
    private static final Pattern VARIABLE = Pattern.compile("SHUNIU_(?!SECRET_).+");
    private static final Pattern PRIVATE = Pattern.compile("password|secret|token|key");
    private static final Map<String, String> WORDS = Map.of(
            "java.lang.Boolean", "true or false",
            "java.lang.Integer", "a whole number",
            "java.lang.Long", "a whole number",
            "java.lang.Double", "a number such as 0.5",
            "java.time.Duration", "a number with a unit, such as 500ms, 5s, 30m, 2h or 7d",
            "org.springframework.util.unit.DataSize", "a number with a unit, such as 64KB, 16MB or 1GB",
            "java.nio.file.Path", "the path of a file or folder",
            "java.net.URI", "an address such as http://127.0.0.1:8080");

    private final ConfigurableEnvironment environment;
    private final KnownSettings known = KnownSettings.load();
    /** Where each setting stands that was given; the first of several counts. */
    private final Map<String, Optional<Origin>> given = new TreeMap<>();

    private final List<Fault> faults = new ArrayList<>();

    SettingsCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    List<Fault> run() {
        environment.getPropertySources().stream()
                .filter(source ->
                        source instanceof OriginLookup<?> || source.getName().equals("commandLineArgs"))
                .forEach(this::gather);
        given.keySet().forEach(this::check);
        FOLDERS.forEach(this::folder);
        variables();
        if (faults.isEmpty()) {
            blocks();
        }
        if (environment.matchesProfiles("production")) {
            ProductionSettings.faults(environment).forEach(this::told);
        }
        return faults;
    }

    private void gather(PropertySource<?> source) {
        if (source instanceof EnumerablePropertySource<?> all) {
            Stream.of(all.getPropertyNames())
                    .filter(name -> name.startsWith(OURS))
                    .forEach(
                            name -> given.putIfAbsent(name, Optional.ofNullable(OriginLookup.getOrigin(source, name))));
        }
    }

    private void check(String name) {
        Optional<KnownSettings.Setting> setting = known.find(name);
        if (name.startsWith(OF_PARTNERS) ? !isReadByAPartner(name) : setting.isEmpty()) {
            fault(
                    name,
                    "nobody reads this setting",
                    name.startsWith(OF_PARTNERS) ? expectedOfPartners(name) : known.beside(name));
        } else {
            setting.filter(of -> WORDS.containsKey(of.type())).ifPresent(of -> kind(name, of));
        }
    }

    /** Secrets have variables too, which only whoever needs one can know. */
    private void variables() {
        if (environment.getPropertySources().get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                instanceof EnumerablePropertySource<?> variables) {
            Stream.of(variables.getPropertyNames())
                    .filter(name -> VARIABLE.matcher(name).matches())
                    .filter(name -> !known.isMeantBy(name, ofPartners()) && !isNamed(name))
                    .forEach(
                            name -> faults.add(
                                    new Fault(
                                            "environment",
                                            0,
                                            name,
                                            "nobody reads this variable",
                                            "the name of a setting in capitals, dots as underscores: SHUNIU_INTAKE_WAITINGLINE for shuniu.intake.waiting-line, or SHUNIU_SECRET_<NAME>")));
        }
    }

    /** In the value of any setting, as {@code ${SHUNIU_…}}. */
    private boolean isNamed(String variable) {
        Pattern place = Pattern.compile("\\$\\{%s[:}]".formatted(Pattern.quote(variable)));
        return environment.getPropertySources().stream()
                .filter(OriginLookup.class::isInstance)
                .flatMap(source -> source instanceof EnumerablePropertySource<?> all
                        ? Stream.of(all.getPropertyNames()).map(all::getProperty)
                        : Stream.empty())
                .anyMatch(value -> place.matcher(String.valueOf(value)).find());
    }

    private boolean isReadByAPartner(String name) {
        return ofPartners().contains(name);
    }

    private String expectedOfPartners(String name) {
        Set<String> all = ofPartners();
        String own = name.substring(0, name.indexOf('.', OF_PARTNERS.length()) + 1);
        Set<String> some = all.stream().filter(other -> other.startsWith(own)).collect(Collectors.toSet());
        return "a name that stands in ${…} of a partner.yaml: " + Nearest.among(name, some.isEmpty() ? all : some);
    }

    /** The settings that partners' files name; where these are not there, that alone is told. */
    private Set<String> ofPartners() {
        Path routes = Path.of(environment.getProperty(ROUTES, "routes"));
        return Files.isDirectory(routes) ? new PartnerFiles(routes).allSettings() : Set.of();
    }

    /** What all other checks are of. */
    private void folder(String setting) {
        String folder = environment.getProperty(setting, "");
        if (!Files.isDirectory(Path.of(folder))) {
            fault(
                    setting,
                    "there is no folder '%s'".formatted(folder),
                    "the folder with the hub's files, from where it is started");
        }
    }

    private void kind(String name, KnownSettings.Setting setting) {
        try {
            Binder.get(environment)
                    .bind(setting.name(), Bindable.of(ClassUtils.resolveClassName(setting.type(), null)));
        } catch (BindException wrong) {
            String value = String.valueOf(environment.getProperty(name));
            fault(
                    name,
                    PRIVATE.matcher(name).find() ? "found another kind of value" : "found '%s'".formatted(value),
                    WORDS.get(setting.type()));
        } catch (IllegalArgumentException unset) {
            fault(
                    name,
                    "what stands in ${…} can't be filled in",
                    "names of settings that are given, or a default: ${name:default}");
        }
    }

    /** What settings must be to each other, each block says itself when it is read. */
    private void blocks() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        scanner.findCandidateComponents("org.shuniu").stream()
                .map(BeanDefinition::getBeanClassName)
                .sorted()
                .map(name -> ClassUtils.resolveClassName(name, null))
                .filter(this::isRead)
                .filter(block -> !isMadeAtTheFirstStart(block))
                .forEach(this::block);
    }

    private boolean isRead(Class<?> block) {
        ConditionalOnProperty when = AnnotatedElementUtils.findMergedAnnotation(block, ConditionalOnProperty.class);
        return when == null
                || Stream.of(when.value()).allMatch(name -> environment.getProperty(name, Boolean.class, false));
    }

    /** The demo makes the keys and certificates of its exchange itself. */
    private boolean isMadeAtTheFirstStart(Class<?> block) {
        Path made = Path.of(environment.getProperty("shuniu.secrets-dir", "data/secrets"), "exchange");
        return prefix(block).equals("shuniu.exchange")
                && environment.getProperty("shuniu.database.embedded", Boolean.class, false)
                && !Files.exists(made);
    }

    private static String prefix(Class<?> block) {
        return block.getAnnotation(ConfigurationProperties.class).value();
    }

    private void block(Class<?> block) {
        String prefix = prefix(block);
        try {
            Binder.get(environment).bindOrCreate(prefix, Bindable.of(block));
        } catch (BindException wrong) {
            Throwable cause = wrong;
            while (cause.getCause() != null && cause.getCause() != cause) {
                cause = cause.getCause();
            }
            String why = String.valueOf(cause.getMessage());
            told(why.startsWith(OURS) ? why : "%s: %s".formatted(prefix, why));
        }
    }

    /** @param message with the setting's name, as in "shuniu.a.b: found 0, expected 1 or more" */
    private void told(String message) {
        String of = message.split(": ", 2)[0];
        String rest =
                message.substring(Math.min(message.length(), of.length() + 2)).replace(", expected ", "; expected ");
        Fault said = Fault.of(Path.of(""), 0, of, rest.startsWith("expected ") ? "found no such value; " + rest : rest);
        fault(
                of,
                said.reason(),
                said.cure().isEmpty() ? "a value for it in application.yaml or the environment" : said.cure());
    }

    private void fault(String name, String reason, String cure) {
        Origin origin = given.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().startsWith(name + "."))
                .flatMap(entry -> entry.getValue().stream())
                .findFirst()
                .orElse(null);
        if (origin instanceof TextResourceOrigin text && text.getLocation() != null) {
            faults.add(new Fault(file(text), text.getLocation().getLine() + 1L, name, reason, cure));
        } else {
            faults.add(new Fault(given.containsKey(name) ? "command line" : "settings", 0, name, reason, cure));
        }
    }

    private static String file(TextResourceOrigin text) {
        try {
            return text.getResource().getFile().toString();
        } catch (IOException inAJar) {
            return text.getResource().getDescription();
        }
    }
}
