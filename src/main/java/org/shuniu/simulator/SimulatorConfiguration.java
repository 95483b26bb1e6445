package org.shuniu.simulator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the simulated partners beside the hub where {@code shuniu.simulator.enabled} is true. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("shuniu.simulator.enabled")
@EnableConfigurationProperties(SimulatorProperties.class)
class SimulatorConfiguration {

    @Bean
    SimulatorLifecycle simulatorLifecycle(SimulatorProperties properties) {
        return new SimulatorLifecycle(properties);
    }
}
