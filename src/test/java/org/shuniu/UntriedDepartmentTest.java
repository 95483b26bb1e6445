package org.shuniu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.conformance.AgreedOffice;
import org.shuniu.conformance.ConformanceProperties;
import org.shuniu.conformance.HeldDepartments;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.mock.env.MockEnvironment;

/** Before anything of the hub is put together that speaks to partners. */
class UntriedDepartmentTest {

    private static final String PAUSED =
            "select partner || ' ' || reason || ' by ' || paused_by || ': ' || note from pause";

    @TempDir
    static Path data;

    private static EmbeddedDatabase server;
    private static Pools pools;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = MigratedDatabase.start(data.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        pools.settlement().sql().execute("truncate pause");
    }

    @Test
    void isSentNothingByAHubThatStartsAndAsksForItsRecord() throws IOException {
        AgreedOffice.write(directory, ContractProtocol.REST, Results.QUERY);

        begin(true);

        assertThat(pools.settlement().sql().queryForList(PAUSED, String.class))
                .singleElement()
                .asString()
                .startsWith("forestry untried by hub: ")
                .contains("mappings/forestry/conformance.yaml", "`conform forestry`");

        // A hub that asks for none lets it go, when it goes by the files that it found
        begin(false).release();

        assertThat(pools.settlement().sql().queryForList(PAUSED, String.class)).isEmpty();
    }

    private HeldDepartments begin(boolean required) {
        MockEnvironment settings = new MockEnvironment().withProperty("shuniu.simulator.address", "http://127.0.0.1:1");
        PartnerDirectory partners =
                PartnerDirectory.load(directory.resolve("routes"), settings::resolveRequiredPlaceholders);
        HubProperties hub = new HubProperties(
                directory,
                directory.resolve("routes"),
                directory.resolve("mappings"),
                directory.resolve("secrets"),
                "http://127.0.0.1",
                null);
        AuditLog audit =
                new AuditLog(pools.settlement().sql(), pools.settlement().transaction(), line -> {});
        return new HubConfiguration().heldDepartments(pools, audit, partners, hub, new ConformanceProperties(required));
    }
}
