package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorControlTest {
    private static final String NEWS = "{\"messageId\":\"M1\",\"event\":\"status\",\"caseNo\":\"SN1\"}";

    @TempDir
    Path directory;

    private RunningSimulators simulators;

    @BeforeEach
    void start() throws IOException {
        simulators = new RunningSimulators(directory, null);
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    @Test
    void showsTheFaultThatIsSet() throws IOException {
        simulators.fault("economy", "{\"fault\":\"late-result\",\"count\":2}");

        assertThat(simulators.get("/faults/economy").body())
                .isEqualTo("{\"fault\":\"late-result\",\"met\":0,\"remaining\":2}");
        assertThat(simulators.get("/faults/healthcare-security").body())
                .isEqualTo("{\"fault\":\"none\",\"met\":0,\"remaining\":null}");
    }

    @Test
    void saysWhichFaultsAndPartnersThereAre() throws IOException {
        HttpResponse<String> fault = simulators.post("/faults/economy", "none", "{\"fault\":\"sulking\"}");
        HttpResponse<String> partner = simulators.post("/faults/nobody", "none", "{\"fault\":\"down\"}");

        assertThat(fault.statusCode()).isEqualTo(400);
        assertThat(fault.body()).contains("timeout-after-work");
        assertThat(partner.statusCode()).isEqualTo(400);
        assertThat(partner.body()).contains("economy");
    }

    @Test
    void cutsOffALedgerLineThatACrashTore() throws IOException {
        tell();
        Files.writeString(
                simulators.ledgerFile("acceptance-platform"), "{\"messageId\":\"M2\",\"ca", StandardOpenOption.APPEND);

        simulators.restart();
        tell();

        assertThat(simulators.ledger("acceptance-platform")).hasSize(1);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new SimulatorProperties(
                        true, 70_000, URI.create("http://hub"), directory, directory, null, null))
                .hasMessageContaining("shuniu.simulator.port")
                .hasMessageContaining("0 to 65535");
    }

    private void tell() throws IOException {
        simulators.post("/acceptance-platform/events", "Bearer the-acceptance-platform-secret", NEWS);
    }
}
