package org.shuniu.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A compose file, and the environment in which it would start the hub with the settings of .env.example. */
final class Compose {

    static final Path FOLDER = Path.of("docker");

    private static final Pattern ASKED = Pattern.compile("\\$\\{([A-Z_]+):\\?[^}]*}");

    private final JsonNode tree;
    private final Properties example = example();

    /** @param file its name in docker/ */
    Compose(String file) {
        this.tree = new YAMLMapper().readTree(FOLDER.resolve(file));
    }

    JsonNode tree() {
        return tree;
    }

    JsonNode service(String name) {
        return tree.path("services").path(name);
    }

    /** Settings that whoever starts it must give. */
    Set<String> asked() {
        Set<String> names = new TreeSet<>();
        ASKED.matcher(tree.toString()).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    Set<String> exampleNames() {
        return new TreeSet<>(example.stringPropertyNames());
    }

    Set<String> secrets(String service) {
        Set<String> names = new TreeSet<>();
        service(service).path("secrets").forEach(secret -> names.add(secret.stringValue()));
        return names;
    }

    Map<String, Object> variables(String service) {
        Map<String, Object> variables = new TreeMap<>();
        service(service)
                .path("environment")
                .properties()
                .forEach(entry ->
                        variables.put(entry.getKey(), given(entry.getValue().asString())));
        return variables;
    }

    private String given(String value) {
        return ASKED.matcher(value)
                .replaceAll(asked -> Matcher.quoteReplacement(example.getProperty(asked.group(1), "")));
    }

    /** What the hub finds: its own defaults, the variables, and one file for each secret in the directory. */
    ConfigurableEnvironment environment(Map<String, Object> variables, Set<String> secrets, Path directory)
            throws IOException {
        for (String secret : secrets) {
            Files.writeString(directory.resolve(secret), "not the demo's");
        }
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        for (String file : List.of("application-production.yaml", "application.yaml")) {
            new YamlPropertySourceLoader()
                    .load(file, new ClassPathResource(file))
                    .forEach(sources::addLast);
        }
        sources.addFirst(new MapPropertySource("mounted", Map.of("shuniu.secrets-dir", directory.toString())));
        ConfigurationPropertySources.attach(environment);
        environment.setActiveProfiles((String) variables.getOrDefault("SPRING_PROFILES_ACTIVE", "production"));
        return environment;
    }

    private static Properties example() {
        Properties example = new Properties();
        try (var text = Files.newBufferedReader(FOLDER.resolve(".env.example"))) {
            example.load(text);
            return example;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
