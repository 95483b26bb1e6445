package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.fault.StrictYaml;
import org.shuniu.partner.PartnerFiles;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors, and the command check, know of the hub's settings is what the hub reads. */
class SettingsHelpTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path SCHEMA = RESOURCES.resolve("application.schema.json");
    private static final Path DESCRIBED = RESOURCES.resolve("META-INF/spring-configuration-metadata.json");
    private static final String OF_PARTNERS = "shuniu.partners";
    /** By its own name; a block that is bound is read by its components. */
    private static final Pattern READ = Pattern.compile(
            "(?:\\$\\{|(?:[pP]roperty|ConditionalOnProperty|bind)\\([^)]{0,20}?\")(shuniu(?:\\.[a-z0-9-]+)+)(?:[:}]|\"(?!, [A-Za-z.]+\\.class))");

    private static final Pattern VARIABLE = Pattern.compile("(?m)^ +(SHUNIU_(?!SECRET_)[A-Z_]+): ");

    private final KnownSettings known = KnownSettings.load();

    @Test
    void describesEverySettingThatABlockReads() {
        assertThat(known.byName().values())
                .extracting(KnownSettings.Setting::name)
                .containsAll(ofBlocks());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.yaml", "application-production.yaml"})
    void describesEverySettingThatAFileGives(String file) throws IOException {
        assertThat(given(file)).isNotEmpty().allMatch(name -> known.find(name).isPresent());
    }

    @Test
    void describesEverySettingThatCodeReadsByName() throws IOException {
        assertThat(readByCode()).isNotEmpty().allMatch(name -> known.find(name).isPresent());
    }

    @Test
    void describesNoneThatNobodyReads() throws IOException {
        Set<String> read = ofBlocks();
        read.addAll(readByCode());
        read.addAll(given("application.yaml"));
        read.add(OF_PARTNERS);
        assertThat(read).containsAll(described().keySet());
    }

    @Test
    void saysOfEachWhatItIs() throws IOException {
        assertThat(described().values()).allMatch(text -> text.length() > 10 && text.endsWith("."));
    }

    @Test
    void theSchemaSaysTheSame() throws IOException {
        Map<String, String> ofSchema = new TreeMap<>();
        leaves(JsonMapper.shared().readTree(Files.readString(SCHEMA)).at("/properties/shuniu"), "shuniu", ofSchema);
        assertThat(ofSchema).isEqualTo(described());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.yaml", "application-production.yaml"})
    void everyFileNamesTheSchemaAndFitsIt(String file) throws IOException {
        String text = Files.readString(RESOURCES.resolve(file));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));

        assertThat(text).startsWith("# yaml-language-server: $schema=application.schema.json\n");
        assertThat(schema.validate(StrictYaml.read(text))).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatTheHubWould() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));

        assertThat(schema.validate(StrictYaml.read("shuniu: {intake: {waiting-lin: 5}}")))
                .isNotEmpty();
        assertThat(schema.validate(StrictYaml.read("shuniu: {intake: {patience: soon}}")))
                .isNotEmpty();
        assertThat(schema.validate(StrictYaml.read("shuniu: {delivery: {keep-hours: maybe}}")))
                .isNotEmpty();
        assertThat(schema.validate(StrictYaml.read("shuniu: {intake: {patience: \"${x:5s}\", waiting-line: 5}}")))
                .isEmpty();
    }

    @Test
    void everyVariableOfTheContainersIsRead() throws IOException {
        String production = Files.readString(RESOURCES.resolve("application-production.yaml"));
        Set<String> ofPartners = new PartnerFiles(Path.of("routes")).allSettings();
        List<String> variables = VARIABLE.matcher(Files.readString(Path.of("docker/compose.yaml")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(variables)
                .hasSizeGreaterThan(10)
                .allMatch(name -> known.isMeantBy(name, ofPartners) || production.contains("${" + name));
    }

    private static void leaves(JsonNode at, String name, Map<String, String> leaves) {
        if (at.has("description")) {
            leaves.put(name, at.path("description").stringValue());
        }
        at.path("properties")
                .properties()
                .forEach(entry -> leaves(entry.getValue(), name + "." + entry.getKey(), leaves));
    }

    /** What each is, by its name. */
    private static Map<String, String> described() throws IOException {
        Map<String, String> described = new TreeMap<>();
        for (JsonNode property :
                JsonMapper.shared().readTree(Files.readString(DESCRIBED)).path("properties")) {
            described.put(
                    property.path("name").stringValue(),
                    property.path("description").asString(""));
        }
        return described;
    }

    private static Set<String> ofBlocks() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Set<String> names = new TreeSet<>();
        scanner.findCandidateComponents("org.shuniu").forEach(found -> {
            Class<?> block = ClassUtils.resolveClassName(found.getBeanClassName(), null);
            add(block.getAnnotation(ConfigurationProperties.class).value(), block, names);
        });
        assertThat(names).hasSizeGreaterThan(100);
        return names;
    }

    private static void add(String prefix, Class<?> block, Set<String> names) {
        for (RecordComponent component : block.getRecordComponents()) {
            String name = prefix + "."
                    + component
                            .getName()
                            .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                            .toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                add(name, component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    private static Set<String> given(String file) throws IOException {
        return new YamlPropertySourceLoader()
                .load(file, new FileSystemResource(RESOURCES.resolve(file))).stream()
                        .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                        .filter(name -> name.startsWith("shuniu."))
                        .map(name -> name.replaceAll("\\[.*", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> readByCode() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            return java.stream()
                    .flatMap(file -> READ.matcher(text(file)).results())
                    .map(found -> found.group(1))
                    .filter(name -> !name.startsWith(OF_PARTNERS))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
