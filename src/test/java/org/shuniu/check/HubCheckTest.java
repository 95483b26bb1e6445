package org.shuniu.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.HubConfiguration;
import org.shuniu.fault.Fault;
import org.shuniu.packaged.Workplace;
import org.springframework.mock.env.MockEnvironment;

class HubCheckTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    @TempDir
    private Path directory;

    @Test
    void findsNothingWrongWithWhatStands() {
        Workplace.prepare(directory);

        assertThat(check()).isEmpty();
    }

    @Test
    void keepsItsListWhenTheMappingsOfAPartnerCannotBeRead() throws IOException {
        Workplace.prepare(directory);
        replace("mappings/trade-union/codes/channel.csv", "hub,local", "hub,lokal");
        replace("mappings/healthcare-security/result.in.yaml", "outcome:", "outcomes:");

        assertThat(check())
                .extracting(Fault::file)
                .allMatch(file -> file.endsWith("channel.csv") || file.endsWith("healthcare-security/result.in.yaml"))
                .hasSizeGreaterThan(2);
    }

    @Test
    void tellsAFaultOnceAndNotWhatFollowsFromIt() throws IOException {
        Workplace.prepare(directory);
        replace("routes/delivery.camel.yaml", "routeConfigurationId: errors", "routeConfigId: errors");
        replace("routes/certificate-library/partner.yaml", "protocol: ", "protocl: ");

        assertThat(check())
                .extracting(Fault::file)
                .allMatch(file -> file.endsWith("routes/delivery.camel.yaml")
                        || file.endsWith("certificate-library/partner.yaml"));
    }

    @Test
    void saysWhatItCannotReadAtAll() throws IOException {
        Workplace.prepare(directory);
        Files.writeString(directory.resolve("mappings/canonical/status.schema.json"), "{");
        replace("routes/police/partner.yaml", "reconciliation:", "reconcilation:");

        assertThat(check())
                .hasSize(2)
                .anySatisfy(fault -> {
                    assertThat(fault.file()).endsWith("mappings/canonical/status.schema.json");
                    assertThat(fault.line()).isEqualTo(1);
                    assertThat(fault.reason()).startsWith("not JSON");
                })
                .anySatisfy(fault -> assertThat(fault.place()).isEqualTo("reconcilation"));
    }

    private List<Fault> check() {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                .withProperty("shuniu.simulator.listeners.archives", "1")
                .withProperty("shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x");
        return new HubCheck(
                        directory.resolve("routes"),
                        directory.resolve("mappings"),
                        settings::resolveRequiredPlaceholders,
                        HubConfiguration.beans())
                .run(DAY, false);
    }

    private void replace(String file, String from, String to) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).as(file).contains(from);
        Files.writeString(path, text.replace(from, to));
    }
}
