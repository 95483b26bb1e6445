package org.shuniu.simulator;

/** Ids of the simulated partners, the same word as in their addresses, ledgers and secrets. */
final class Partner {
    static final String ECONOMY = "economy";
    static final String HUMAN_RESOURCES = "human-resources";
    static final String HEALTHCARE_SECURITY = "healthcare-security";
    static final String DISABLED_FEDERATION = "disabled-federation";
    static final String CIVIL_AFFAIRS = "civil-affairs";
    static final String HOUSING = "housing";
    static final String POLICE = "police";
    static final String HEALTH = "health";
    static final String GRAIN = "grain";
    static final String TRADE_UNION = "trade-union";
    static final String ARCHIVES = "archives";
    static final String SMS_GATEWAY = "sms-gateway";
    static final String PAYMENT = "payment";
    static final String LOGISTICS = "logistics";
    static final String CERTIFICATE_LIBRARY = "certificate-library";
    static final String PORTAL = "portal";
    static final String CITIZEN_APP = "citizen-app";
    static final String ACCEPTANCE_PLATFORM = "acceptance-platform";

    private Partner() {}
}
