package org.shuniu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.conformance.AgreedOffice;
import org.shuniu.conformance.ConformanceProperties;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnersRefused;
import org.springframework.mock.env.MockEnvironment;

/** Before anything of the hub is put together that speaks to partners. */
class UntriedDepartmentTest {

    @TempDir
    private Path directory;

    @Test
    void keepsAHubFromStartingWhereItsRecordIsRequired() throws IOException {
        AgreedOffice.write(directory, ContractProtocol.REST, Results.QUERY);
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

        assertThatThrownBy(() -> new HubConfiguration()
                        .translators(
                                null,
                                partners,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                hub,
                                new ConformanceProperties(true),
                                null))
                .isInstanceOf(PartnersRefused.class)
                .hasMessageContaining("mappings/forestry/conformance.yaml")
                .hasMessageContaining("`conform forestry`");
    }
}
