package org.shuniu.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;

/**
 * Where the simulated partners listen, which hub they call back and what they remember.
 *
 * @param enabled whether the hub starts them at all
 * @param port the port on 127.0.0.1; 0 takes a free one
 * @param hub base address of the hub, for callbacks and traffic
 * @param dataDir where ledgers and unsent callbacks are kept
 * @param secretsDir one file for each secret, named as the secret
 * @param disabledFederation the front-end database; without it that partner is not simulated
 * @param sftp where offices that take files listen; without it they are not simulated
 * @param day the city's day that the traffic follows; without one it is even, and nothing goes wrong by itself
 * @param listeners ports of partners that do not speak HTTP; without one its partner is not simulated
 * @param frontEnds where offices with a contract have their front-end databases, as a JDBC address up to a database's name;
 *     empty: they are not simulated
 * @param mappingsDir beside whose files the contracts lie by which further partners are simulated; without it none is
 */
@ConfigurationProperties("shuniu.simulator")
@ConditionalOnProperty("shuniu.simulator.enabled")
public record SimulatorProperties(
        boolean enabled,
        int port,
        URI hub,
        Path dataDir,
        Path secretsDir,
        TrafficRate traffic,
        FrontEndDatabase disabledFederation,
        @Nullable String frontEnds,
        Sftp sftp,
        Listeners listeners,
        Day day,
        @Nullable Path mappingsDir) {

    @ConstructorBinding
    public SimulatorProperties {
        Settings.require(port >= 0 && port <= 65535, "port", port, "a number from 0 to 65535");
        Settings.require(hub != null && hub.isAbsolute() && hub.getHost() != null, "hub", hub, "an http address");
        Settings.require(dataDir != null, "data-dir", dataDir, "a directory");
        Settings.require(secretsDir != null, "secrets-dir", secretsDir, "a directory");
        traffic = traffic == null ? new TrafficRate(false, 1) : traffic;
        listeners = listeners == null ? new Listeners(0, 0, 0) : listeners;
        disabledFederation =
                disabledFederation == null || disabledFederation.url().isEmpty() ? null : disabledFederation;
        frontEnds = frontEnds == null ? "" : frontEnds;
        Settings.require(
                frontEnds.isEmpty() || frontEnds.startsWith("jdbc:"), "front-ends", frontEnds, "a JDBC address");
        sftp = sftp == null || sftp.port() < 0 ? null : sftp;
    }

    /** Only the partners that speak HTTP and the one with a front-end database. */
    public SimulatorProperties(
            boolean enabled,
            int port,
            URI hub,
            Path dataDir,
            Path secretsDir,
            TrafficRate traffic,
            FrontEndDatabase disabledFederation) {
        this(enabled, port, hub, dataDir, secretsDir, traffic, disabledFederation, null, null, null, null, null);
    }

    /**
     * The city's day in some minutes.
     *
     * @param catalogue items, departments and centres
     * @param length how long a day takes; 0 is no day
     * @param troublesPerMinute how many troubles begin in a minute
     */
    public record Day(Path catalogue, Duration length, double troublesPerMinute) {
        public Day {
            Settings.require(catalogue != null, "day.catalogue", catalogue, "a directory");
            Settings.require(length != null && !length.isNegative(), "day.length", length, "a duration; 0 is no day");
            Settings.require(
                    troublesPerMinute >= 0 && troublesPerMinute <= 600,
                    "day.troubles-per-minute",
                    troublesPerMinute,
                    "a number from 0 to 600");
        }
    }

    /** Ports on 127.0.0.1 at which partners listen in their own protocols; 0 is none. */
    public record Listeners(int archives, int smpp, int queues) {}

    /** The stream of made-up applications as it is at the start. */
    public record TrafficRate(boolean enabled, double perSecond) {
        public TrafficRate {
            Settings.require(
                    perSecond >= 0 && perSecond <= 1000, "traffic.per-second", perSecond, "a number from 0 to 1000");
        }
    }

    /** How the disabled persons' federation reaches its own front-end database by JDBC. */
    public record FrontEndDatabase(String url, String username, String password) {
        public FrontEndDatabase {
            Settings.require(
                    url != null && (url.isEmpty() || url.startsWith("jdbc:")),
                    "disabled-federation.url",
                    "the value",
                    "a JDBC address, or nothing");
            Settings.require(username != null, "disabled-federation.username", username, "a database role");
        }
    }

    /** The SFTP server of the offices that take files, on 127.0.0.1. */
    public record Sftp(int port) {
        public Sftp {
            Settings.require(port >= -1 && port <= 65535, "sftp.port", port, "a number from 0 to 65535, or -1");
        }
    }
}
