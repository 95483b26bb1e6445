package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Very many parked deliveries go out again by one plan, while the hub is killed. */
class RecoveryTrial {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int SECONDS_AT_LEAST = 20;

    @Test
    void replaysEveryParkedDeliveryOnceThoughTheHubIsKilledTwice() throws Exception {
        int parked = Trial.count(100_000, 3_000);
        String what = "%d parked by a mapping that fails, mended and replayed by a plan; the hub killed twice in it"
                .formatted(parked);
        try (Trial trial = Trial.of("recovery", what)) {
            Path mapping = trial.hub().directory().resolve("mappings/economy/application.out.yaml");
            String right = Files.readString(mapping);
            Files.writeString(
                    mapping,
                    right.replace(
                            "  - {target: requestId,",
                            "  - {target: absent, expression: '$lookup({\"a\": 1}, \"b\")', required: true}\n"
                                    + "  - {target: requestId,"));
            trial.ready();
            trial.platform().items(LoadDriver.ECONOMY).send(parked, 16);
            await().alias("all parked")
                    .atMost(PATIENCE)
                    .until(() -> trial.database()
                                    .count(
                                            "select count(*) from delivery where state = 'parked' and receiver = 'economy'")
                            >= parked);
            trial.hub().terminate();
            Files.writeString(mapping, right);
            trial.hub().start();
            String plan = approved(trial, Math.max(100, parked / SECONDS_AT_LEAST));
            for (double share : new double[] {0.2, 0.6}) {
                await().alias("the plan is at " + share)
                        .pollInterval(Duration.ofMillis(50))
                        .atMost(PATIENCE)
                        .until(() -> done(trial, plan) >= parked * share);
                trial.hub().kill();
                trial.note("killed when the plan had sent", sent(trial, plan));
                trial.hub().start();
            }
            await().alias("the plan is done")
                    .atMost(PATIENCE)
                    .until(() -> state(trial, plan).equals("done"));
            JsonNode report = trial.hub().operatorSees("/plans/%s/report".formatted(plan));
            trial.note("report of the plan", report.path("outcomes")).prove();
            assertThat(trial.departments().ledger("economy"))
                    .filteredOn(effect -> effect.effect().equals("application"))
                    .hasSize(parked);
        }
    }

    /** @return the id of a plan that a second person has approved */
    private static String approved(Trial trial, int perSecond) {
        HttpResponse<String> made = trial.hub()
                .operate("/plans", "{\"filter\":{\"partner\":\"economy\"},\"perSecond\":%d}".formatted(perSecond));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String plan = JsonMapper.shared().readTree(made.body()).path("id").stringValue();
        HttpResponse<String> approval = trial.hub()
                .send(trial.hub()
                        .request("/ops/v1/plans/%s/approve".formatted(plan))
                        .header("Authorization", "Bearer " + trial.hub().secret("operator-second-token"))
                        .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(approval.statusCode()).as(approval.body()).isEqualTo(200);
        return plan;
    }

    private static int done(Trial trial, String plan) {
        return trial.hub()
                .operatorSees("/plans/" + plan)
                .path("progress")
                .path("done")
                .intValue();
    }

    private static long sent(Trial trial, String plan) {
        return trial.database()
                .count("select count(*) from plan_delivery where state = 'sent' and plan_id = '%s'".formatted(plan));
    }

    private static String state(Trial trial, String plan) {
        return trial.hub().operatorSees("/plans/" + plan).path("state").asString();
    }
}
