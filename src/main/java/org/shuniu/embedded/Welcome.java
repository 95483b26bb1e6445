package org.shuniu.embedded;

import java.io.PrintStream;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Secrets;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** Tells who has just started the demo where everything is, with one line that can be pasted. */
final class Welcome {

    private static final String SAMPLE = """
            {"itemCode":"312000250000","applicationTime":"%s","channel":"2",\
            "applicant":{"type":"1","name":"测试甲","idType":"111","idNumber":"11010519491231002X"}}""";

    private final Environment environment;
    private final Secrets secrets;
    private final List<String> senders;

    Welcome(Environment environment, Secrets secrets, List<String> senders) {
        this.environment = environment;
        this.secrets = secrets;
        this.senders = senders;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        print(System.out);
    }

    private void print(PrintStream out) {
        String hub = "http://127.0.0.1:" + environment.getProperty("local.server.port");
        String token = secrets.require(senders.get(0) + "-token");
        out.println();
        out.println("Shuniu is ready (demo: embedded parts, simulated partners, secrets made for this directory)");
        out.println("  console         " + hub + "/   users and passwords:");
        DemoSecrets.CONSOLE.forEach(
                role -> out.printf("    %-14s%s%n", role, secrets.require("console-%s-password".formatted(role))));
        out.println("  API             " + hub + "/api.html   " + hub + "/openapi.yaml");
        out.println("  health, metrics " + hub + "/actuator/health   " + hub + "/actuator/prometheus (operator token)");
        out.println("  simulators      " + environment.getProperty("shuniu.simulator.address"));
        if (environment.getProperty("shuniu.exchange.enabled", Boolean.class, false)) {
            out.println("  exchange        " + environment.getProperty("shuniu.exchange.base")
                    + "   exchange/first-message.md");
        }
        String second = environment.getProperty("shuniu.simulator.province.address");
        if (second != null) {
            out.println("  second hub      " + second + "   a province's, in a process of its own: up in a minute");
        }
        out.println("  sender's token  " + token);
        out.println("  operator token  " + secrets.require("operator-token"));
        out.println(
                "Send an application (paste), then look at its case with the same token: GET /api/v1/cases/{caseNo}");
        out.println("  " + curl(hub, token));
        out.println();
        out.flush();
    }

    private static String curl(String hub, String token) {
        return "curl -i %s/api/v1/applications -H 'Authorization: Bearer %s' -H 'Idempotency-Key: %s' -H 'Content-Type: application/json' -d '%s'"
                .formatted(hub, token, UUID.randomUUID(), SAMPLE.formatted(CaseTimes.write(OffsetDateTime.now())));
    }
}
