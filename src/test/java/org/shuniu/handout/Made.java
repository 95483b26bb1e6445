package org.shuniu.handout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractItem;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.scaffold.Draft;
import org.shuniu.scaffold.Scaffold;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.PropertyPlaceholderHelper;

/** A made-up office as `new` writes it, alone in a copy of what all share, and what its developers get. */
record Made(Path directory, Contract contract, SortedMap<String, byte[]> files, List<Fault> faults) {

    static final String PARTNER = "forestry";

    private static final Map<String, Made> MADE = new ConcurrentHashMap<>();
    private static final Map<String, String> DEMO = Map.of(
            "shuniu.simulator.address", "http://127.0.0.1:8090",
            "shuniu.simulator.listeners.queues", "5673",
            "shuniu.simulator.front-ends", "jdbc:postgresql://127.0.0.1:5432/");
    private static final PropertyPlaceholderHelper SETTINGS =
            new PropertyPlaceholderHelper("${", "}", ":", null, false);

    /** Each is made once for all tests; its directory is gone. */
    static Made of(ContractProtocol protocol, Results results) {
        return MADE.computeIfAbsent(protocol.word() + results.word(), none -> made(protocol, results));
    }

    static Made of(ContractProtocol protocol) {
        return of(protocol, protocol.results().get(0));
    }

    private static Made made(ContractProtocol protocol, Results results) {
        try {
            Path directory = Files.createTempDirectory("handout");
            try {
                return of(directory, protocol, results, UnaryOperator.identity());
            } finally {
                FileSystemUtils.deleteRecursively(directory);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param change of the contract's text */
    static Made of(Path directory, ContractProtocol protocol, Results results, UnaryOperator<String> change)
            throws IOException {
        prepare(directory);
        Path contract = ContractFile.of(mappings(directory), PARTNER);
        Files.createDirectories(contract.getParent());
        Files.writeString(
                contract,
                change.apply(Scaffold.starter(
                        PARTNER,
                        new Name("绿化市容", "Landscaping & <Trees>"),
                        "LH",
                        "上海市绿化和市容管理局",
                        protocol,
                        Optional.of(results),
                        LocalDate.of(2026, 1, 1),
                        List.of(new ContractItem(
                                "312098001000", new Name("古树名木保护申请", "Protection of old trees"), 10)))));
        List<Fault> faults = new ArrayList<>();
        Contract read = ContractFile.read(contract, faults).orElseThrow(() -> new AssertionError(faults));
        try (Draft draft = Draft.of(routes(directory), mappings(directory), read, Files.readString(contract), faults)) {
            assertThat(faults).isEmpty();
            draft.keep();
        }
        return again(directory);
    }

    /** What its developers get of the files as they are now. */
    static Made again(Path directory) throws IOException {
        List<Fault> faults = new ArrayList<>();
        Contract contract = ContractFile.read(ContractFile.of(mappings(directory), PARTNER), faults)
                .orElseThrow(() -> new AssertionError(faults));
        Mappings mappings = Mappings.load(mappings(directory), faults);
        Partner partner = PartnerDirectory.look(routes(directory), Made::filled, Map.of())
                .partners()
                .get(PARTNER);
        assertThat(faults).isEmpty();
        SortedMap<String, byte[]> files = Handout.of(
                new Folders(routes(directory), mappings(directory)),
                contract,
                partner,
                mappings,
                Optional.of("integration desk"),
                faults);
        return new Made(directory, contract, files, faults);
    }

    private static void prepare(Path directory) throws IOException {
        for (String shared : List.of("canonical", "catalogue")) {
            Workplace.copy(Path.of("mappings", shared), mappings(directory).resolve(shared), UnaryOperator.identity());
        }
        Files.createDirectories(routes(directory));
    }

    static Path routes(Path directory) {
        return directory.resolve("routes");
    }

    static Path mappings(Path directory) {
        return directory.resolve("mappings");
    }

    private static String filled(String text) {
        return SETTINGS.replacePlaceholders(text, DEMO::get);
    }

    String text(String file) {
        assertThat(files).containsKey(file);
        return new String(files.get(file), StandardCharsets.UTF_8);
    }

    /** Samples by their names without the folder. */
    Map<String, byte[]> samples(Predicate<String> which) {
        Map<String, byte[]> found = new TreeMap<>();
        files.forEach((name, content) -> {
            if (name.startsWith("samples/") && !name.endsWith("/list.csv") && which.test(name)) {
                found.put(name.substring("samples/".length()), content);
            }
        });
        return found;
    }

    /** The kind of message of a sample, such as {@code application}. */
    static String kind(String sample) {
        return sample.substring(sample.indexOf('/') + 1, sample.indexOf('.'));
    }
}
