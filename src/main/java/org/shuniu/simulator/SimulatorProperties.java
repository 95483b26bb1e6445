package org.shuniu.simulator;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the simulators listen, whom they call and what they keep.
 *
 * @param port of all simulators together, on loopback; 0 takes a free one
 * @param hub base address of the hub, for callbacks and traffic
 * @param dataDir the ledgers lie in {@code ledger} below it
 * @param secretsDir one file for each secret, named like it
 * @param disabledFederation the department's own side of its front-end database
 * @param deskDelayMillis how long the desk of a centre takes
 */
@ConfigurationProperties("shuniu.simulator")
public record SimulatorProperties(
        boolean enabled,
        int port,
        String hub,
        Path dataDir,
        Path secretsDir,
        Database disabledFederation,
        @DefaultValue("1000") long deskDelayMillis,
        @DefaultValue Traffic traffic) {

    /** A database that a simulated department owns. */
    public record Database(
            String url, String username, @DefaultValue("") String password) {}

    /**
     * Made-up applications.
     *
     * @param perSecond how many; up to 1,000
     */
    public record Traffic(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("2") double perSecond) {

        public Traffic {
            if (!(perSecond > 0 && perSecond <= 1_000)) {
                throw new IllegalArgumentException(
                        "shuniu.simulator.traffic.per-second is %s; expected above 0 and up to 1000"
                                .formatted(perSecond));
            }
        }
    }
}
