package org.shuniu.bench.profile;

import java.util.List;

/** Parts of the hub among which its time is divided, by the packages whose code runs or is called from. */
enum Part {
    CRYPTO(
            "crypto",
            "javax.crypto.",
            "com.sun.crypto.",
            "org.bouncycastle.",
            "org.shuniu.vault.",
            "sun.security.provider."),
    DATABASE(
            "database client",
            "org.postgresql.",
            "com.zaxxer.",
            "org.springframework.jdbc.",
            "org.springframework.transaction."),
    BROKER(
            "broker",
            "org.apache.activemq.",
            "org.apache.artemis.",
            "io.netty.",
            "org.springframework.jms.",
            "jakarta.jms."),
    CHECKS("checks", "com.networknt.", "com.ethlo.", "org.shuniu.document.", "org.shuniu.catalogue."),
    MAPPING("mapping", "com.dashjoin.", "org.shuniu.mapping.", "org.shuniu.codec.", "org.shuniu.translator."),
    JSON("JSON", "tools.jackson."),
    CAMEL("Camel", "org.apache.camel."),
    LOGGING("logging", "ch.qos.logback.", "org.slf4j."),
    HTTP(
            "HTTP",
            "org.apache.tomcat.",
            "org.apache.coyote.",
            "org.apache.catalina.",
            "jdk.internal.net.http.",
            "java.net.http.",
            "org.springframework.web.",
            "org.springframework.security.",
            "org.springframework.http.",
            "org.shuniu.gateway.",
            "org.shuniu.channel.",
            "org.shuniu.access."),
    SIMULATORS("the hub's own simulators", "org.shuniu.simulator.", "com.sun.net.httpserver.", "sun.net.httpserver."),
    HUB("the hub's own code", "org.shuniu."),
    OTHER("other Java", "");

    private final String label;
    private final List<String> packages;

    Part(String label, String... packages) {
        this.label = label;
        this.packages = List.of(packages);
    }

    String label() {
        return label;
    }

    /** The part that this class belongs to; {@link #OTHER} when its callers must say. */
    static Part of(String className) {
        for (Part part : values()) {
            if (part.packages.stream().anyMatch(className::startsWith)) {
                return part;
            }
        }
        return OTHER;
    }
}
