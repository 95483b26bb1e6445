package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class SimulatorConfigurationTest {
    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Application.class);

    @TempDir
    Path directory;

    @Test
    void startsWithTheApplication() {
        application
                .withPropertyValues(
                        "shuniu.simulator.enabled=true",
                        "shuniu.simulator.port=0",
                        "shuniu.simulator.hub=http://127.0.0.1:1",
                        "shuniu.simulator.data-dir=" + directory,
                        "shuniu.simulator.secrets-dir=" + directory)
                .run(context -> assertThat(
                                context.getBean(SimulatorLifecycle.class).isRunning())
                        .isTrue());
    }

    @Test
    void asksForNoSettingsWhereItIsOff() {
        application
                .withPropertyValues("shuniu.simulator.enabled=false", "shuniu.simulator.hub=")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SimulatorLifecycle.class));
    }

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan(basePackageClasses = SimulatorProperties.class)
    @Import(SimulatorConfiguration.class)
    static class Application {}
}
