package org.shuniu.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The rules of routes/README.md, each one test that tells every fault at once. */
class RouteRulesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> LEAVES =
            Set.of("jms", "http", "https", "file", "sql", "quartz", "timer", "gateway", "delivery");
    private static final Pattern SCRIPT = Pattern.compile(
            "(?m)^\\s*-?\\s*(script|groovy|javascript|mvel|ognl|python|joor|java|process|setBody|transform):");
    private static final Pattern CONTRACT = Pattern.compile("Contract: (mappings/[a-z./-]+\\.(?:md|yaml|json))");
    private static final Pattern RULE = Pattern.compile("(?m)^\\|[^|]+\\| `([a-zA-Z]+)` \\|$");
    private static final int LONGEST = 100;
    private static final int MOST_STEPS = 10;
    private static final int DEEPEST = 2;

    /** One element of a route file: a route, a templated route, a template or a route configuration. */
    private record Element(Path file, String kind, JsonNode tree) {

        String name() {
            return ROUTES.relativize(file).toString();
        }

        String folder() {
            return file.getParent().equals(ROUTES)
                    ? ""
                    : file.getParent().getFileName().toString();
        }

        String fileName() {
            return file.getFileName().toString().replace(".camel.yaml", "");
        }

        boolean shared() {
            return folder().isEmpty();
        }

        JsonNode route() {
            return kind.equals("routeTemplate") ? tree.path("route") : tree;
        }
    }

    @Test
    void everyFileOfAPartnerHoldsOneRouteThatIsCalledAsFolderAndFile() {
        List<String> faults = new ArrayList<>();
        for (Element element : elements()) {
            String id = element.tree()
                    .path(element.kind().equals("templatedRoute") ? "routeId" : "id")
                    .asString("");
            String expected = element.shared() ? id : element.folder() + "-" + element.fileName();
            if (!element.shared() && !id.equals(expected)) {
                faults.add("%s: id '%s'; expected '%s'".formatted(element.name(), id, expected));
            }
        }
        partnerFiles().forEach(file -> {
            if (read(file).size() != 1) {
                faults.add("%s: %d elements; expected one route"
                        .formatted(file, read(file).size()));
            }
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void everyRouteAndTemplateHasADescription() {
        List<String> faults = elements().stream()
                .filter(element -> Set.of("route", "routeTemplate").contains(element.kind()))
                .filter(element -> element.tree()
                                .path("description")
                                .asString("")
                                .isBlank()
                        || element.route().path("description").asString("").isBlank())
                .map(Element::name)
                .toList();
        assertThat(faults).isEmpty();
    }

    @Test
    void everyFileBeginsWithACommentThatSaysHowToTryIt() {
        assertThat(files())
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .startsWith("# ")
                        .contains("Try: ")
                        .satisfiesAnyOf(
                                text -> assertThat(text).containsIgnoringCase("contract:"),
                                text -> assertThat(file.getParent()).isEqualTo(ROUTES)));
    }

    @Test
    void everyContractThatACommentNamesExists() {
        List<Path> contracts = files().stream()
                .flatMap(file -> CONTRACT.matcher(text(file)).results())
                .map(found -> Path.of(found.group(1)))
                .toList();
        assertThat(contracts)
                .isNotEmpty()
                .allSatisfy(contract -> assertThat(contract).isRegularFile());
    }

    @Test
    void everyPartnerOfTheMappingsHasAReadme() {
        assertThat(names(Path.of("mappings")))
                .isNotEmpty()
                .allSatisfy(folder ->
                        assertThat(Path.of("mappings", folder, "README.md")).isRegularFile());
    }

    @Test
    void everyRuleStandsInTheReadme() {
        Set<String> rules = Stream.of(RouteRulesTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = RULE.matcher(text(ROUTES.resolve("README.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(rules);
    }

    @Test
    void everyRouteNamesTheSharedErrorConfiguration() {
        List<String> faults = elements().stream()
                .filter(element -> Set.of("route", "routeTemplate").contains(element.kind()))
                .filter(element -> !element.route()
                        .path("routeConfigurationId")
                        .asString("")
                        .equals("errors"))
                .map(Element::name)
                .toList();
        long configurations = elements().stream()
                .filter(element -> element.kind().equals("routeConfiguration"))
                .count();
        assertThat(faults).isEmpty();
        assertThat(configurations).isEqualTo(1);
    }

    @Test
    void everyEndpointThatLeavesTheProcessHasIdAndDescription() {
        List<String> faults = new ArrayList<>();
        for (Element element : elements()) {
            walk(element.tree(), node -> {
                String uri = node.path("uri").asString("");
                boolean leaves = LEAVES.contains(uri.split(":")[0]);
                if (leaves
                        && (node.path("id").asString("").isBlank()
                                || node.path("description").asString("").isBlank())) {
                    faults.add("%s: %s has no id or no description".formatted(element.name(), uri));
                }
            });
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyDirectEndpointIsASharedRouteAtTheRootWithOneConsumer() {
        List<String> consumers = new ArrayList<>();
        Set<String> called = new TreeSet<>();
        for (Element element : elements()) {
            String from = element.route().path("from").path("uri").asString("");
            if (from.startsWith("direct:")) {
                assertThat(element.shared()).as(element.name()).isTrue();
                consumers.add(from);
            }
            walk(element.route().path("from").path("steps"), node -> {
                if (node.path("uri").asString("").startsWith("direct:")) {
                    called.add(node.path("uri").stringValue());
                }
            });
        }
        assertThat(consumers).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(called);
    }

    @Test
    void noRouteHoldsAScriptOrBuildsABody() {
        assertThat(files())
                .allSatisfy(file -> assertThat(
                                SCRIPT.matcher(Files.readString(file)).results())
                        .isEmpty());
    }

    @Test
    void everyRouteStaysSmall() {
        assertThat(files())
                .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(LONGEST));
        for (Element element : elements()) {
            assertThat(steps(element.route().path("from").path("steps")))
                    .as(element.name())
                    .isLessThanOrEqualTo(MOST_STEPS);
            assertThat(depth(element.route().path("from").path("steps")))
                    .as(element.name())
                    .isLessThanOrEqualTo(DEEPEST);
        }
    }

    @Test
    void everyQueueOfEveryPartnerIsRead() {
        Set<String> read = elements().stream()
                .filter(element ->
                        element.tree().path("routeTemplateRef").asString("").equals("forward"))
                .map(element -> parameter(element, "partner") + "." + parameter(element, "queue"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>();
        for (Partner partner : partners().all()) {
            expected.add(partner.id() + ".retry");
            expected.add(partner.id() + ".application");
        }
        assertThat(read).containsAll(expected);
        elements().stream()
                .filter(element -> element.tree().has("routeTemplateRef"))
                .forEach(element -> assertThat(parameter(element, "partner")).isEqualTo(element.folder()));
    }

    @Test
    void everyPartnerThatOwesResultsIsAskedForThemAndNoOther() {
        Set<String> asked = elements().stream()
                .filter(element ->
                        element.tree().path("routeTemplateRef").asString("").equals("ask-result"))
                .map(Element::folder)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> owing = partners().all().stream()
                .filter(partner -> partner.enquiry().isPresent())
                .map(Partner::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked).isEqualTo(owing);
    }

    @Test
    void theThreeSetsOfPartnersAreEqual() {
        Set<String> folders = new TreeSet<>(names(ROUTES));
        Set<String> mappings = new TreeSet<>(names(Path.of("mappings")));
        mappings.removeAll(Set.of("canonical", "catalogue"));
        Set<String> configured =
                partners().all().stream().map(Partner::id).collect(Collectors.toCollection(TreeSet::new));

        assertThat(folders).isEqualTo(mappings).isEqualTo(configured);
    }

    @Test
    void everyMappingIsUsedAndEveryOperationHasItsMapping() {
        Mappings mappings = Mappings.load(Path.of("mappings"));
        for (Partner partner : partners().all()) {
            Set<String> files = new TreeSet<>();
            for (Path file : list(Path.of("mappings", partner.id()))) {
                if (file.toString().endsWith(".out.yaml")) {
                    files.add(file.getFileName().toString().replace(".out.yaml", ""));
                }
            }
            if (!partner.operations().isEmpty()) {
                assertThat(files)
                        .as(partner.id())
                        .isEqualTo(new TreeSet<>(partner.operations().keySet()));
            }
            assertThat(mappings.partners()).contains(partner.id());
        }
    }

    private static PartnerDirectory partners() {
        return PartnerDirectory.load(
                ROUTES,
                new MockEnvironment()
                                .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                                .withProperty("shuniu.simulator.listeners.archives", "1")
                                .withProperty(
                                        "shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x")
                        ::resolveRequiredPlaceholders);
    }

    private static String parameter(Element element, String name) {
        return element.tree()
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asString("").equals(name))
                .map(parameter -> parameter.path("value").asString(""))
                .findFirst()
                .orElse("");
    }

    private static int steps(JsonNode steps) {
        int count = 0;
        for (JsonNode step : steps) {
            count++;
            for (JsonNode content : step) {
                count += steps(content.path("steps"));
            }
        }
        return count;
    }

    private static int depth(JsonNode steps) {
        int deepest = 0;
        for (JsonNode step : steps) {
            for (JsonNode content : step) {
                deepest = Math.max(deepest, depth(content.path("steps")));
            }
        }
        return steps.isEmpty() ? 0 : deepest + 1;
    }

    private static void walk(JsonNode node, Consumer<JsonNode> visit) {
        if (node.isObject()) {
            visit.accept(node);
        }
        node.forEach(child -> walk(child, visit));
    }

    private static List<Element> elements() {
        List<Element> elements = new ArrayList<>();
        for (Path file : files()) {
            read(file)
                    .forEach(entry -> entry.properties()
                            .forEach(element -> elements.add(new Element(file, element.getKey(), element.getValue()))));
        }
        return elements;
    }

    private static JsonNode read(Path file) {
        return YAML.readTree(file);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> partnerFiles() {
        return files().stream().filter(file -> !file.getParent().equals(ROUTES)).toList();
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> names(Path folder) {
        return list(folder).stream()
                .filter(Files::isDirectory)
                .map(path -> path.getFileName().toString())
                .toList();
    }
}
