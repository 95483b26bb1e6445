package org.shuniu;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the hub finds its files and its database; each property is commented in {@code application.yaml}.
 *
 * @param dataDir everything the hub writes outside its database
 * @param routesDir the Camel routes and the partners' configuration
 * @param mappingsDir mappings, schemas and the catalogue
 * @param secretsDir one file for each secret, named like it
 * @param publicUrl base of the addresses under which partners reach the hub
 */
@ConfigurationProperties("shuniu")
public record HubProperties(
        Path dataDir,
        Path routesDir,
        Path mappingsDir,
        Path secretsDir,
        String publicUrl,
        @DefaultValue Database database) {

    /**
     * The hub's own PostgreSQL.
     *
     * @param embedded start one in {@code data-dir}; the address is then ignored
     * @param port of the embedded server; 0 takes a free one
     * @param frontEnds partners whose front-end database the embedded server holds too
     * @param intakeConnections connections of the intake pool
     * @param settlementConnections connections of claims, settlements and the redispatcher
     * @param consoleConnections connections of every read for people
     */
    public record Database(
            boolean embedded,
            @DefaultValue("0") int port,
            @DefaultValue List<String> frontEnds,
            @DefaultValue("") String url,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("4") int intakeConnections,
            @DefaultValue("6") int settlementConnections,
            @DefaultValue("4") int consoleConnections) {}
}
