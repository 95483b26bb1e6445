package org.shuniu.contract;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.fault.YamlLines;
import tools.jackson.core.JacksonException;

/** The file {@code mappings/<partner>/contract.yaml}. */
public final class ContractFile {

    /** Its name in the partner's folder. */
    public static final String NAME = "contract.yaml";

    /** The name of the record, beside it, that the office's test system behaved as agreed. */
    public static final String RECORD = "conformance.yaml";

    private ContractFile() {}

    /** Where the contract with a partner is, if there is one. */
    public static Path of(Path mappings, String partner) {
        return mappings.resolve(partner).resolve(NAME);
    }

    /** Whether a file of this name lies beside mappings and is none. */
    public static boolean standsBeside(String name) {
        return name.equals(NAME) || name.equals(RECORD);
    }

    /**
     * Reads one.
     *
     * @param faults to which everything is added that is wrong with it; then there is no contract
     */
    public static Optional<Contract> read(Path file, List<Fault> faults) throws IOException {
        try {
            return read(file, Files.readString(file), faults);
        } catch (MalformedInputException otherCharset) {
            faults.add(Fault.ofBytes(file));
            return Optional.empty();
        }
    }

    /** The same of a text that is not in its file yet. */
    public static Optional<Contract> read(Path file, String text, List<Fault> faults) {
        try {
            List<Fault> found = new ArrayList<>();
            Contract contract = new ContractReader(file, YamlLines.of(text), StrictYaml.read(text), found).contract();
            faults.addAll(found);
            return found.isEmpty() ? Optional.of(contract) : Optional.empty();
        } catch (JacksonException malformed) {
            faults.add(Fault.ofText(file, text, malformed));
            return Optional.empty();
        }
    }

    /** All contracts that lie beside mappings, by the names of their folders. */
    public static List<Contract> all(Path mappings, List<Fault> faults) throws IOException {
        List<Contract> all = new ArrayList<>();
        for (Path file : files(mappings)) {
            read(file, faults).ifPresent(all::add);
        }
        return all;
    }

    private static List<Path> files(Path mappings) throws IOException {
        try (Stream<Path> folders = Files.list(mappings)) {
            return folders.map(folder -> folder.resolve(NAME))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
