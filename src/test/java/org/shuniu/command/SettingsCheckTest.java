package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shuniu.fault.Fault;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

class SettingsCheckTest {

    @Test
    void findsNothingWrongWithWhatTheHubShips() throws IOException {
        assertThat(check("", Map.of())).isEmpty();
    }

    @Test
    void tellsAVariableThatNobodyReads() throws IOException {
        assertThat(check(
                        "",
                        Map.of(
                                "SHUNIU_INTAKE_WAITING_LIN", "5",
                                "SHUNIU_INTAKE_GROUP", "5",
                                "SHUNIU_DATA_DIR", "data",
                                "SHUNIU_SECRETSDIR", "data",
                                "SHUNIU_SECRET_ANYTHING", "x",
                                "SHUNIU_PARTNERS_POLICE_ADDRESS", "http://127.0.0.1:1",
                                "SHUNIU_PARTNERS_POLICE_ADRESS", "http://127.0.0.1:1")))
                .extracting(Fault::place)
                .containsExactlyInAnyOrder("SHUNIU_INTAKE_WAITING_LIN", "SHUNIU_PARTNERS_POLICE_ADRESS");
    }

    @Test
    void knowsVariablesThatOtherSettingsName() throws IOException {
        assertThat(check("server: {address: \"${SHUNIU_OWN_NAME:x}\"}", Map.of("SHUNIU_OWN_NAME", "x")))
                .isEmpty();
    }

    /** What a block refuses when a hub starts, with the value and what it wants. */
    @Test
    void tellsWhatDoesNotGoTogether() throws IOException {
        assertThat(check("shuniu: {incidents: {processes: {beat: 10s, silent: 5s}}}", Map.of()))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.place()).isEqualTo("shuniu.incidents.processes");
                    assertThat(fault.line()).isEqualTo(1);
                    assertThat(fault.reason()).contains("beat PT10S, silent PT5S");
                    assertThat(fault.cure()).contains("silent at least twice as long");
                });
    }

    @Test
    void neverTellsAValueThatMayBeASecret() throws IOException {
        assertThat(check("shuniu: {vault: {current-key: Pass-w0rd}}", Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString()).doesNotContain("Pass-w0rd"));
    }

    private static List<Fault> check(String settings, Map<String, Object> variables) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        YamlPropertySourceLoader loader = new YamlPropertySourceLoader();
        loader.load("own", new ByteArrayResource(settings.getBytes()))
                .forEach(environment.getPropertySources()::addLast);
        loader.load("hub", new ClassPathResource("application.yaml"))
                .forEach(environment.getPropertySources()::addLast);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "made at the start", Map.of("shuniu.partners.disabled-federation.url", "jdbc:postgresql:x")));
        return new SettingsCheck(environment).run();
    }
}
