package org.shuniu.simulator;

/** Ids of the simulated partners, the same word as in their addresses, ledgers and secrets. */
final class Partner {
    static final String ECONOMY = "economy";
    static final String HEALTHCARE_SECURITY = "healthcare-security";
    static final String DISABLED_FEDERATION = "disabled-federation";
    static final String ACCEPTANCE_PLATFORM = "acceptance-platform";

    private Partner() {}
}
