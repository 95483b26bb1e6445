package org.shuniu.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.HubConfiguration;
import org.shuniu.check.HubCheck;
import org.shuniu.fault.Fault;
import org.shuniu.packaged.Workplace;
import org.springframework.mock.env.MockEnvironment;

/** The rules of routes/README.md: what stands keeps them, and the check tells each that a route breaks. */
class RouteRulesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final Pattern RULE = Pattern.compile("(?m)^\\|[^|]+\\| `([a-zA-Z]+)` \\|$");

    /** Keeps every rule; what a test breaks is put in or taken out. */
    private static final String ROUTE = """
            # For a test. Try: it. Contract: mappings/police/README.md
            - route:
                id: %1$s
                description: For a test
                routeConfigurationId: errors
                from:
                  id: %1$s-from
                  description: Where it begins
                  uri: %2$s
                  steps:
                    - to:
                        uri: direct:intake
            """;

    private static final String STEP = "        - to:\n            uri: direct:intake\n";

    @TempDir
    private static Path directory;

    private static List<Fault> faults;

    @BeforeAll
    static void breakEveryRuleAndCheckOnce() throws IOException {
        Workplace.prepare(directory);
        String first = route("police-two-routes", "gateway:police/two");
        write("police/two-routes", first + first.replaceFirst("#.*\n", "").replace("two-routes", "two-more"));
        write("police/other-name", route("police-another-name", "gateway:police/name"));
        write("undescribed", route("undescribed", "gateway:police/a").replace("    description: For a test\n", ""));
        write("police/silent", route("police-silent", "gateway:police/b").replaceFirst("#.*\n", ""));
        write(
                "police/no-contract",
                route("police-no-contract", "gateway:police/c").replaceFirst("README", "RAEDME"));
        write("unhandled", route("unhandled", "gateway:police/d").replace("errors", "mistakes"));
        write("second-errors", """
                # Another. Try: it.
                - routeConfiguration:
                    id: errors-too
                """);
        write("nameless", route("nameless", "gateway:police/e").replace("      id: nameless-from\n", ""));
        write("police/own-direct", route("police-own-direct", "direct:own"));
        write("twice-a", route("twice-a", "direct:twice"));
        write("twice-b", route("twice-b", "direct:twice"));
        write("script", route("script", "gateway:police/f").replace(STEP, """
                        - script:
                            expression:
                              simple:
                                expression: ${body}
                """));
        write("long", route("long", "gateway:police/g") + "#\n".repeat(100));
        write("many", route("many", "gateway:police/h").replace(STEP, STEP.repeat(11)));
        write("deep", route("deep", "gateway:police/i").replace(STEP, """
                        - multicast:
                            steps:
                              - multicast:
                                  steps:
                                    - to:
                                        uri: direct:intake
                """));
        Files.delete(file("police/retry-delivery"));
        Files.delete(file("health/ask-result"));
        write("economy/ask-result", Files.readString(file("housing/ask-result")).replace("housing", "economy"));
        Files.delete(directory.resolve("mappings/grain/README.md"));
        Files.createDirectories(directory.resolve("routes/nobody"));
        Files.delete(directory.resolve("mappings/police/withdrawal.out.yaml"));
        Files.writeString(directory.resolve("mappings/economy/notification.out.yaml"), """
                mapping: economy/notification.out
                description: Written by nobody's wish.
                codec: {kind: json}
                rows:
                  - {target: id, source: message.id}
                """);
        faults = check(directory);
    }

    @Test
    void whatStandsKeepsEveryRule() {
        assertThat(check(Path.of(""))).isEmpty();
    }

    @Test
    void everyFileOfAPartnerHoldsOneRouteThatIsCalledAsFolderAndFile() {
        tells("routes/police/two-routes.camel.yaml", 1, "it holds 2 routes, expected one");
        tells("routes/police/other-name.camel.yaml", 2, "'police-another-name', expected 'police-other-name'");
    }

    @Test
    void everyRouteAndTemplateHasADescription() {
        tells("routes/undescribed.camel.yaml", 2, "no description, expected description:");
    }

    @Test
    void everyFileBeginsWithACommentThatSaysHowToTryIt() {
        tells("routes/police/silent.camel.yaml", 1, "begins with no comment, expected '# '");
        tells("routes/police/silent.camel.yaml", 1, "does not say how to try it, expected 'Try: '");
        tells(
                "routes/police/silent.camel.yaml",
                1,
                "names no contract, expected 'Contract: mappings/police/README.md'");
    }

    @Test
    void everyContractThatACommentNamesExists() {
        tells("routes/police/no-contract.camel.yaml", 1, "mappings/police/RAEDME.md is not there, expected");
    }

    @Test
    void everyRouteNamesTheSharedErrorConfiguration() {
        tells(
                "routes/unhandled.camel.yaml",
                5,
                "'mistakes' is not the shared one, expected routeConfigurationId: errors");
        tells("routes/second-errors.camel.yaml", 2, "a second error handling, expected the one of");
    }

    @Test
    void everyEndpointThatLeavesTheProcessHasIdAndDescription() {
        tells("routes/nameless.camel.yaml", 8, "gateway:police/e leaves the process and has no id, expected");
    }

    @Test
    void everyDirectEndpointIsASharedRouteAtTheRootWithOneConsumer() {
        tells("routes/police/own-direct.camel.yaml", 6, "begins in a partner's folder, expected");
        tells("routes/police/own-direct.camel.yaml", 6, "nothing leads to direct:own, expected");
        tells("routes/twice-b.camel.yaml", 2, "direct:twice begins in");
    }

    @Test
    void noRouteHoldsAScriptOrBuildsABody() {
        tells("routes/script.camel.yaml", 11, "'script' in a route, expected transformDataType");
    }

    @Test
    void everyRouteStaysSmall() {
        tells("routes/long.camel.yaml", 101, "it has 112 lines, expected at most 100");
        tells("routes/many.camel.yaml", 10, "11 steps, expected at most 10");
        tells("routes/deep.camel.yaml", 10, "3 deep, expected at most 2");
    }

    @Test
    void everyQueueOfEveryPartnerIsRead() {
        tells("routes/police/partner.yaml", 4, "nothing reads the queue police.retry, expected a file");
    }

    @Test
    void everyPartnerThatOwesResultsIsAskedForThemAndNoOther() {
        tells("routes/health/partner.yaml", -1, "nothing asks for the results that it owes, expected a file");
        tells("routes/economy/ask-result.camel.yaml", -1, "partner.yaml does not say when, expected enquiry.waits");
    }

    @Test
    void theThreeSetsOfPartnersAreEqual() {
        tells("routes/nobody", 0, "a folder without a partner, expected");
        tells("routes/nobody", 0, "a partner without mappings, expected");
    }

    @Test
    void everyMappingIsUsedAndEveryOperationHasItsMapping() {
        tells("routes/police/partner.yaml", -1, "operations.withdrawal: nothing writes what is sent by it, expected");
        tells("mappings/economy/notification.out.yaml", -1, "a mapping that is never used, expected");
    }

    @Test
    void everyPartnerOfTheMappingsHasAReadme() {
        tells("mappings/grain/README.md", 0, "nothing tells what this partner's system is, expected");
    }

    @Test
    void everyRuleStandsInTheReadme() throws IOException {
        Set<String> rules = Stream.of(RouteRulesTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .filter(name -> !name.equals("whatStandsKeepsEveryRule"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = RULE.matcher(Files.readString(Path.of("routes/README.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(rules);
    }

    /** @param line -1 where it is some */
    private static void tells(String file, int line, String said) {
        assertThat(faults)
                .filteredOn(fault -> fault.file().equals(directory.resolve(file).toString()))
                .filteredOn(fault -> line < 0 ? fault.line() > 0 : fault.line() == line)
                .extracting(Fault::toString)
                .as("%s:%d", file, line)
                .anyMatch(fault -> fault.contains(said));
    }

    private static String route(String id, String from) {
        return ROUTE.formatted(id, from);
    }

    private static void write(String route, String text) throws IOException {
        Files.writeString(file(route), text);
    }

    private static Path file(String route) {
        return directory.resolve("routes/%s.camel.yaml".formatted(route));
    }

    private static List<Fault> check(Path of) {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                .withProperty("shuniu.simulator.listeners.archives", "1")
                .withProperty("shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x");
        return new HubCheck(
                        of.resolve("routes"),
                        of.resolve("mappings"),
                        settings::resolveRequiredPlaceholders,
                        HubConfiguration.beans())
                .run(DAY, false);
    }
}
