package org.shuniu.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.HubConfiguration;
import org.shuniu.conformance.AgreedOffice;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.fault.Fault;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerDirectory;

/** A version is looked at as a whole, and told in the names under which people know its files. */
class ExaminationTest {

    private static final String HEALTH = "health";

    @TempDir
    Path directory;

    private final AtomicInteger openOfHealth = new AtomicInteger();
    private PartnerDirectory before;

    @BeforeEach
    void copy() {
        Workplace.copy(Path.of("routes"), directory.resolve("routes"), UnaryOperator.identity());
        Workplace.copy(Path.of("mappings"), directory.resolve("mappings"), UnaryOperator.identity());
        before = PartnerDirectory.load(directory.resolve("routes"), DryRunTest.SETTINGS::resolveRequiredPlaceholders);
    }

    @Test
    void readsWhatNothingIsWrongWithAlsoWithoutItsExamples() {
        Examination examination = examination();
        ConfigurationFiles written = examination.written();

        Examination.Found found = examination.examine(written, before);

        assertThat(found.faults()).isEmpty();
        assertThat(found.loaded().partners().ids()).isEqualTo(before.ids());
        assertThat(found.loaded().mappings().partners()).contains(HEALTH);
        assertThat(found.loaded().folder())
                .isEqualTo(directory.resolve("versions").resolve(written.version()));
        assertThat(found.loaded().folder().resolve("mappings/health/examples")).doesNotExist();

        ConfigurationFiles kept = ConfigurationFiles.of(written.files());
        assertThat(kept.version()).isEqualTo(written.version());
        assertThat(examination.examine(kept, before).faults()).isEmpty();
    }

    @Test
    void readsADepartmentThatIsNewAndRoutesThatAreChanged() throws IOException {
        Workplace.copy(
                Path.of("routes/economy"),
                directory.resolve("routes/greening"),
                text -> text.replace("economy", "greening")
                        .replace("department: JX", "department: LH")
                        .replaceAll("(?m)^address: .*$", "address: http://127.0.0.1:1")
                        .replaceAll(
                                "(?s)authentication:.*?\n# Every key", "authentication: {kind: none}\n# Every key"));
        Workplace.copy(
                Path.of("mappings/economy"),
                directory.resolve("mappings/greening"),
                text -> text.replace("economy/", "greening/"));
        Path departments = directory.resolve("mappings/catalogue/departments.csv");
        String economy = Files.readAllLines(departments).stream()
                .filter(line -> line.startsWith("economy,"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                departments, Files.readString(departments) + economy.replace("economy,JX,", "greening,LH,") + "\n");
        replace("mappings/catalogue/routing.csv", "312000250000,JX,", "312000250000,LH,");
        replace("routes/errors.camel.yaml", "logExhaustedMessageHistory: false", "logExhaustedMessageHistory: true");
        replace("routes/economy/retry-delivery.camel.yaml", "value: \"1\"", "value: \"2\"");
        replace("mappings/economy/codes/channel.csv", "4,POST,", "4,MAIL,");

        Examination.Found found = examination().examine(examination().written(), before);

        assertThat(found.faults()).isEmpty();
        assertThat(found.loaded().partners().ids()).contains("greening");
    }

    @Test
    void tellsAllThatIsWrongWhereItWasWritten() throws IOException {
        replace("mappings/economy/application.out.yaml", "codes: channel,", "codes: canal,");
        replace("routes/grain/partner.yaml", "protocol: sftp", "protocol: pigeon");

        List<Fault> faults =
                examination().examine(examination().written(), before).faults();

        assertThat(faults)
                .extracting(Fault::file)
                .contains(
                        directory
                                .resolve("mappings/economy/application.out.yaml")
                                .toString(),
                        directory.resolve("routes/grain/partner.yaml").toString());
        assertThat(faults).noneMatch(fault -> fault.toString().contains("shuniu-swap"));
    }

    @Test
    void tellsWhatOnlyBuildingARouteTells() throws IOException {
        replace("routes/grain/poll-result.camel.yaml", "stateful: \"true\"", "statefull: \"true\"");

        assertThat(examination().examine(examination().written(), before).faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.file())
                            .isEqualTo(directory
                                    .resolve("routes/grain/poll-result.camel.yaml")
                                    .toString());
                    assertThat(fault.reason()).contains("dry run", "statefull");
                });
    }

    @Test
    void letsNoPartnerGoOfWhomSomethingIsUnderWay() throws IOException {
        ConfigurationFiles kept = withoutHealth(examination().written());
        openOfHealth.set(3);

        // What others say of it is wrong by then too, and told beside.
        assertThat(gone(kept)).singleElement().satisfies(fault -> {
            assertThat(fault.reason()).contains(HEALTH + " is gone", "3 deliveries");
            assertThat(fault.file())
                    .isEqualTo(directory.resolve("routes/health/partner.yaml").toString());
        });

        openOfHealth.set(0);
        assertThat(gone(kept)).isEmpty();
    }

    @Test
    void refusesADepartmentWhoseSystemWasNotTried() throws IOException {
        AgreedOffice.write(directory, ContractProtocol.REST, Contract.Results.QUERY);

        String record = directory.resolve("mappings/forestry/conformance.yaml").toString();

        assertThat(examined(true))
                .filteredOn(fault -> fault.file().equals(record))
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("no record"));
        assertThat(examined(false)).noneMatch(fault -> fault.file().equals(record));
    }

    private List<Fault> examined(boolean conformance) {
        Examination examination = examination(conformance);
        return examination.examine(examination.written(), before).faults();
    }

    private List<Fault> gone(ConfigurationFiles files) {
        return examination().examine(files, before).faults().stream()
                .filter(fault -> fault.reason().contains("is gone"))
                .toList();
    }

    private static ConfigurationFiles withoutHealth(ConfigurationFiles files) {
        SortedMap<String, byte[]> rest = new TreeMap<>(files.files());
        rest.keySet().removeIf(name -> name.startsWith("routes/health/") || name.startsWith("mappings/health/"));
        return ConfigurationFiles.of(rest);
    }

    private Examination examination() {
        return examination(false);
    }

    private Examination examination(boolean conformance) {
        return new Examination(
                new Examination.Places(
                        directory.resolve("routes"), directory.resolve("mappings"), directory.resolve("versions")),
                DryRunTest.SETTINGS::resolveRequiredPlaceholders,
                HubConfiguration.beans(),
                conformance,
                new DryRun(DryRunTest.parts()),
                routes -> {},
                partner -> partner.equals(HEALTH) ? openOfHealth.get() : 0,
                Clock.systemUTC());
    }

    private void replace(String file, String what, String with) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, with));
    }
}
