package org.shuniu.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** The citizens of portal and app whose whole journeys are lived, a small share of all who apply there. */
final class OnlineCitizens implements AutoCloseable {
    private static final Map<String, String> CHANNELS = Map.of("2", Partner.PORTAL, "3", Partner.CITIZEN_APP);

    /** How many forget a paper, which the desk then asks for. */
    private static final double FORGETFUL = 0.2;

    private final Journeys portal;
    private final Journeys app;
    private final double share;
    private final Random random = new Random();

    /** @param share of the online applications that become journeys, 0 to 1 */
    OnlineCitizens(
            URI hub, SecretFiles secrets, Checkout checkout, BooleanSupplier countersOpen, Path dataDir, double share) {
        HubApi api = new HubApi(hub, secrets);
        this.portal = new Journeys(Partner.PORTAL, api, checkout, countersOpen, dataDir);
        this.app = new Journeys(Partner.CITIZEN_APP, api, checkout, countersOpen, dataDir);
        this.share = share;
    }

    void start() {
        portal.start();
        app.start();
    }

    Optional<Journeys> of(String channel) {
        return switch (channel) {
            case Partner.PORTAL -> Optional.of(portal);
            case Partner.CITIZEN_APP -> Optional.of(app);
            default -> Optional.empty();
        };
    }

    /** The channel's code in GB/T 39046 A.5. */
    String channel(Journeys journeys) {
        return journeys == portal ? "2" : "3";
    }

    /** Takes now and then an application of the traffic; whoever's it was lives the rest of its journey. */
    boolean take(ObjectNode application) {
        Optional<Journeys> journeys = Optional.ofNullable(
                        CHANNELS.get(application.path("channel").asString("")))
                .flatMap(this::of)
                .filter(channel -> random.nextDouble() < share && !channel.isFull());
        journeys.ifPresent(channel -> {
            if (random.nextDouble() < FORGETFUL) {
                application.withObject("form").put("remark", "CORRECT");
            }
            channel.begin(application);
        });
        return journeys.isPresent();
    }

    @Override
    public void close() {
        portal.close();
        app.close();
    }
}
