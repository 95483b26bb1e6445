package org.shuniu.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Only routes that are made of other text than before begin anew. */
class RoutePlanTest {

    private static final String ERRORS = "routes/errors.camel.yaml";
    private static final String TEMPLATES = "routes/delivery.camel.yaml";
    private static final String INTAKE = "routes/intake.camel.yaml";
    private static final String POLICE = "routes/police/forward-application.camel.yaml";
    private static final String HEALTH = "routes/health/forward-application.camel.yaml";

    private static final Map<String, String> BEFORE = Map.of(
            ERRORS, "- routeConfiguration: {id: errors, onException: []}\n",
            TEMPLATES,
                    "- routeTemplate: {id: forward, route: {routeConfigurationId: errors, from: {uri: 'delivery:a'}}}\n",
            INTAKE, "- route: {id: intake, from: {uri: 'direct:intake'}}\n",
            POLICE, templated("police"),
            HEALTH, templated("health"));

    @Test
    void leavesAllAsTheyAreWhereOnlyCommentsAndMappingsDiffer() {
        RoutePlan plan = plan(Map.of(
                INTAKE, "# another word\n" + BEFORE.get(INTAKE), "mappings/police/application.out.yaml", "a: b\n"));

        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void replacesTheRouteWhoseTextChangesAndNoOther() {
        RoutePlan plan = plan(Map.of(INTAKE, "- route: {id: intake, from: {uri: 'direct:other'}}\n"));

        assertThat(plan.replaced()).containsExactly("intake");
        assertThat(plan.added()).isEmpty();
        assertThat(plan.removed()).isEmpty();
        assertThat(plan.first()).isEmpty();
        assertThat(plan.steps()).extracting(RoutePlan.Step::file).containsExactly(INTAKE);
    }

    @Test
    void replacesAllThatAreMadeOfAChangedTemplateAfterIt() {
        RoutePlan plan = plan(Map.of(TEMPLATES, BEFORE.get(TEMPLATES).replace("delivery:a", "delivery:b")));

        assertThat(plan.steps()).extracting(RoutePlan.Step::file).containsExactly(TEMPLATES, HEALTH, POLICE);
        assertThat(plan.steps().get(0).templates()).containsExactly("forward");
        assertThat(plan.replaced()).containsExactly("health-forward", "police-forward");
    }

    @Test
    void replacesAllThatNameAChangedConfigurationAlsoThroughTheirTemplate() {
        RoutePlan plan = plan(Map.of(ERRORS, "- routeConfiguration: {id: errors, precondition: x, onException: []}\n"));

        assertThat(plan.steps()).extracting(RoutePlan.Step::file).containsExactly(ERRORS, HEALTH, POLICE);
    }

    @Test
    void addsAndEndsRoutesOfPartnersThatComeAndGo() {
        RoutePlan plan = RoutePlan.between(
                files(BEFORE, Map.of()),
                files(without(POLICE), Map.of("routes/greening/forward.camel.yaml", templated("greening"))));

        assertThat(plan.added()).containsExactly("greening-forward");
        assertThat(plan.removed()).containsExactly("police-forward");
        assertThat(plan.replaced()).isEmpty();
        assertThat(plan.first()).containsExactly("police-forward");
    }

    @Test
    void movesARouteThatBeginsInAnotherFileOfItsFolder() {
        RoutePlan plan = RoutePlan.between(
                files(BEFORE, Map.of()),
                files(without(POLICE), Map.of("routes/police/send.camel.yaml", templated("police"))));

        assertThat(plan.first()).isEmpty();
        assertThat(plan.moving()).containsExactly(Map.entry("routes/police", List.of("police-forward")));
        assertThat(plan.replaced()).containsExactly("police-forward");
        assertThat(plan.steps())
                .singleElement()
                .satisfies(step -> assertThat(plan.succeeds(step)).isTrue())
                .extracting(RoutePlan.Step::file)
                .isEqualTo("routes/police/send.camel.yaml");
    }

    @Test
    void movesOneThatIsGoneToWhatIsNewInItsFolder() {
        RoutePlan plan = RoutePlan.between(
                files(BEFORE, Map.of()),
                files(
                        without(POLICE),
                        Map.of(
                                "routes/police/send.camel.yaml",
                                templated("other"),
                                "routes/greening/forward.camel.yaml",
                                templated("greening"))));

        assertThat(plan.moving()).containsExactly(Map.entry("routes/police", List.of("police-forward")));
        assertThat(plan.steps())
                .filteredOn(plan::succeeds)
                .extracting(RoutePlan.Step::file)
                .containsExactly("routes/police/send.camel.yaml");
        assertThat(plan.removed()).containsExactly("police-forward");
        assertThat(plan.added()).containsExactly("greening-forward", "other-forward");
    }

    @Test
    void endsFirstWhatBeginsInAnotherFolder() {
        RoutePlan plan = RoutePlan.between(
                files(BEFORE, Map.of()),
                files(
                        without(POLICE),
                        Map.of(
                                "routes/police/send.camel.yaml", templated("other"),
                                "routes/health/send.camel.yaml", templated("police"))));

        assertThat(plan.first()).containsExactly("police-forward");
        assertThat(plan.moving()).isEmpty();
        assertThat(plan.replaced()).containsExactly("police-forward");
    }

    private static RoutePlan plan(Map<String, String> instead) {
        return RoutePlan.between(files(BEFORE, Map.of()), files(BEFORE, instead));
    }

    private static Map<String, String> without(String file) {
        Map<String, String> rest = new TreeMap<>(BEFORE);
        rest.remove(file);
        return rest;
    }

    private static ConfigurationFiles files(Map<String, String> texts, Map<String, String> instead) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        texts.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        instead.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return ConfigurationFiles.of(files);
    }

    private static String templated(String partner) {
        return "- templatedRoute: {routeTemplateRef: forward, routeId: %s-forward}\n".formatted(partner);
    }
}
