package org.shuniu.simulator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs the simulators inside the demo's process, up before the first delivery and gone after the last. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("shuniu.simulator.enabled")
class SimulatorConfiguration {

    @Bean
    SmartLifecycle simulators(SimulatorProperties settings) {
        return new Running(settings);
    }

    /** Early in, late out. */
    private static final class Running implements SmartLifecycle {

        private final SimulatorProperties settings;
        private Simulators simulators;

        Running(SimulatorProperties settings) {
            this.settings = settings;
        }

        @Override
        public void start() {
            simulators = Simulators.start(settings);
        }

        @Override
        public void stop() {
            simulators.close();
            simulators = null;
        }

        @Override
        public boolean isRunning() {
            return simulators != null;
        }

        @Override
        public int getPhase() {
            return Integer.MIN_VALUE + 1_000;
        }
    }
}
