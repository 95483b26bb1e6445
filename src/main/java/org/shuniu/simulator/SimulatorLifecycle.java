package org.shuniu.simulator;

import org.springframework.context.SmartLifecycle;

/** Keeps the simulated partners up for the hub: there before its first call, gone after its last. */
final class SimulatorLifecycle implements SmartLifecycle {
    private static final int BEFORE_THE_HUB = Integer.MIN_VALUE + 1_000;

    private final SimulatorProperties properties;
    private volatile Simulators simulators;

    SimulatorLifecycle(SimulatorProperties properties) {
        this.properties = properties;
    }

    @Override
    public void start() {
        simulators = Simulators.start(properties);
    }

    @Override
    public void stop() {
        Simulators running = simulators;
        simulators = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return simulators != null;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_HUB;
    }
}
