package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.mock.env.MockEnvironment;

/** Where it is required, nobody with a contract is live without a record of these very files. */
class ConformanceCheckTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        AgreedOffice.write(directory, ContractProtocol.REST, Results.QUERY);
    }

    @Test
    void asksForARecord() {
        assertThat(faults(true)).singleElement().satisfies(fault -> {
            assertThat(fault.file()).endsWith("mappings/forestry/conformance.yaml");
            assertThat(fault.reason()).contains("forestry has a contract, and no record");
            assertThat(fault.cure()).contains("`conform forestry`", "connected: false");
        });
        assertThat(standing(true).untried()).hasEntrySatisfying("forestry", untried -> {
            assertThat(untried.fault().file()).endsWith("conformance.yaml");
            assertThat(untried.files()).contains("/");
        });
    }

    @Test
    void asksForNoneWhereItIsNotRequired() {
        assertThat(faults(false)).isEmpty();
        assertThat(standing(false)).isEqualTo(Standing.FREE);
    }

    @Test
    void asksForNoneOfAPartnerThatIsOnlyPrepared() throws IOException {
        Path file = directory.resolve("routes/forestry/partner.yaml");
        Files.writeString(file, Files.readString(file) + "connected: false\n");

        assertThat(faults(true)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ContractProtocol.class)
    void asksForOneWhateverTheOfficeSpeaks(ContractProtocol protocol, @TempDir Path other) throws IOException {
        AgreedOffice.write(other, protocol, protocol.results().get(0));
        directory = other;

        assertThat(faults(true))
                .extracting(Fault::reason)
                .singleElement()
                .asString()
                .contains("no record");
        pass();
        assertThat(faults(true)).isEmpty();
    }

    @Test
    void isContentWithARecordOfTheseFiles() throws IOException {
        String version = Mappings.load(mappings()).version("forestry");
        pass();

        assertThat(faults(true)).isEmpty();
        assertThat(standing(true).untried()).isEmpty();
        assertThat(standing(true).passed()).containsExactly("forestry");
        // A record is no other mapping
        assertThat(Mappings.load(mappings()).version("forestry")).isEqualTo(version);
    }

    @Test
    void refusesARecordOfAnotherMapping() throws IOException {
        pass();
        Path file = mappings().resolve("forestry/application.out.yaml");
        Files.writeString(file, Files.readString(file).replace("function: upper", "function: lower"));

        assertThat(faults(true)).singleElement().satisfies(fault -> {
            assertThat(fault.place()).isEqualTo("mappings");
            assertThat(fault.line()).isPositive();
            assertThat(fault.reason()).contains("passed with other files");
        });
        assertThat(faults(false)).isEmpty();
    }

    @Test
    void refusesARecordOfAnotherContract() throws IOException {
        pass();
        Path file = mappings().resolve("forestry/contract.yaml");
        Files.writeString(file, Files.readString(file).replace("most: 60", "most: 30"));

        assertThat(faults(true)).extracting(Fault::place).containsExactly("contract");
    }

    @Test
    void knowsUntriedFilesByWhatStandsInThem() throws IOException {
        Standing before = standing(true);
        Path file = mappings().resolve("forestry/application.out.yaml");
        Files.writeString(file, Files.readString(file).replace("function: upper", "function: lower"));

        assertThat(standing(true).untried().get("forestry").files())
                .isNotEqualTo(before.untried().get("forestry").files());
    }

    @Test
    void tellsABrokenRecordWhetherItIsRequiredOrNot() throws IOException {
        Files.writeString(mappings().resolve("forestry/conformance.yaml"), "conformance: [");

        assertThat(faults(false))
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).startsWith("not YAML"));
        assertThat(faults(true)).hasSize(1);
        assertThat(standing(true).untried()).containsOnlyKeys("forestry");
    }

    @Test
    void tellsARecordOfNoContract() throws IOException {
        pass();
        Files.delete(mappings().resolve("forestry/contract.yaml"));

        assertThat(faults(false)).extracting(Fault::reason).containsExactly("a record of no contract");
        assertThat(standing(true).untried()).isEmpty();
        assertThat(standing(true).passed()).isEmpty();
    }

    private void pass() throws IOException {
        RecordedPass.write(
                mappings(),
                "forestry",
                "127.0.0.1",
                List.of(new Tried("application/twice", End.PASSED, "", "", Whose.NOBODY, Optional.empty(), 1)));
    }

    private Standing standing(boolean required) {
        return ConformanceCheck.standing(mappings(), partners(), required);
    }

    private List<Fault> faults(boolean required) {
        return ConformanceCheck.faults(mappings(), partners(), required);
    }

    private Path mappings() {
        return directory.resolve("mappings");
    }

    private PartnerDirectory partners() {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                .withProperty("shuniu.simulator.listeners.queues", "1")
                .withProperty("shuniu.simulator.front-ends", "jdbc:postgresql://127.0.0.1/");
        return PartnerDirectory.load(directory.resolve("routes"), settings::resolveRequiredPlaceholders);
    }
}
