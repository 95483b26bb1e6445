package org.shuniu.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Examples.Example;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.DurableFiles;
import org.springframework.util.FileSystemUtils;

/** A new partner in a copy of both folders, where all of it can be checked before anything is written. */
public final class Draft implements AutoCloseable {

    private final Path routes;
    private final Path mappings;
    private final Contract contract;
    private final Path copy;
    /** Texts of new and changed files by their paths below {@code routes} and {@code mappings}. */
    private final Map<String, String> routeTexts = new TreeMap<>();

    private final Map<String, String> mappingTexts = new TreeMap<>();

    private Draft(Path routes, Path mappings, Contract contract, Path copy) {
        this.routes = routes;
        this.mappings = mappings;
        this.contract = contract;
        this.copy = copy;
    }

    /**
     * Makes one.
     *
     * @param text of the contract, which is kept as it was written
     * @param faults to which is added what can't be read or translated of it
     */
    public static Draft of(Path routes, Path mappings, Contract contract, String text, List<Fault> faults)
            throws IOException {
        faults.addAll(new CatalogueRows(mappings, contract).taken());
        Draft draft = new Draft(routes, mappings, contract, Files.createTempDirectory("shuniu-new"));
        try {
            draft.write(text);
            draft.translate(faults);
            return draft;
        } catch (IOException | RuntimeException failure) {
            draft.close();
            throw failure;
        }
    }

    /** Where the copy of the routes is. */
    public Path routes() {
        return copy.resolve("routes");
    }

    /** Where the copy of the mappings is. */
    public Path mappings() {
        return copy.resolve("mappings");
    }

    /** A fault of the copy as one of the files that are to be. */
    public Fault told(Fault fault) {
        return new Fault(real(fault.file()), fault.line(), fault.place(), real(fault.reason()), real(fault.cure()));
    }

    private String real(String text) {
        return text.replace(routes().toString(), routes.toString())
                .replace(mappings().toString(), mappings.toString());
    }

    /**
     * Writes the partner where it belongs, the catalogue last: an item leads nobody to a partner that is not there.
     *
     * @return the files that were written
     */
    public List<Path> keep() throws IOException {
        List<Path> written = new ArrayList<>();
        Map<String, String> catalogue = new TreeMap<>(mappingTexts);
        catalogue.keySet().removeIf(name -> !name.startsWith("catalogue/"));
        Map<String, String> own = new TreeMap<>(mappingTexts);
        own.keySet().removeAll(catalogue.keySet());
        keep(mappings, own, written);
        keep(routes, routeTexts, written);
        keep(mappings, catalogue, written);
        return written;
    }

    private static void keep(Path folder, Map<String, String> texts, List<Path> written) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey());
            DurableFiles.put(file, text.getValue());
            written.add(file);
        }
    }

    private static void put(Path folder, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    private void write(String text) throws IOException {
        FileSystemUtils.copyRecursively(routes, routes());
        FileSystemUtils.copyRecursively(mappings, mappings());
        Scaffold scaffold = new Scaffold(contract);
        String id = contract.partner();
        scaffold.routes().forEach((name, content) -> routeTexts.put(id + "/" + name, content));
        scaffold.mappings().forEach((name, content) -> mappingTexts.put(id + "/" + name, content));
        mappingTexts.put(id + "/" + ContractFile.NAME, text);
        new CatalogueRows(mappings, contract)
                .texts()
                .forEach((name, content) -> mappingTexts.put("catalogue/" + name, content));
        put(routes(), routeTexts);
        put(mappings(), mappingTexts);
    }

    /** What the mappings make of the examples' sources is what their targets say. */
    private void translate(List<Fault> faults) throws IOException {
        String id = contract.partner();
        List<Fault> found = new ArrayList<>();
        Examples examples = new Examples(mappings(), Mappings.load(mappings(), found));
        found.stream()
                .filter(fault -> Path.of(fault.file()).startsWith(mappings().resolve(id)))
                .map(this::told)
                .forEach(faults::add);
        for (Example example : examples.all()) {
            if (example.partner().equals(id)) {
                try {
                    target(example, examples.translate(example).text());
                } catch (RuntimeException failed) {
                    faults.add(told(new Fault(
                            example.source().toString(),
                            0,
                            "",
                            String.valueOf(failed.getMessage()),
                            "a source that its mapping translates")));
                }
            }
        }
    }

    private void target(Example example, String text) throws IOException {
        String stem = example.source().getFileName().toString().replaceAll("\\.source\\..*", "");
        String ending = example.mapping().endsWith(".out") ? contract.protocol().ending() : "json";
        String name = "%s/examples/%s/%s.target.%s".formatted(contract.partner(), example.mapping(), stem, ending);
        mappingTexts.put(name, text.endsWith("\n") ? text : text + "\n");
        put(mappings(), Map.of(name, mappingTexts.get(name)));
    }

    /** Whether anything of the partner is there already besides its contract. */
    public static boolean exists(Path routes, Path mappings, String partner) throws IOException {
        if (Files.exists(routes.resolve(partner))) {
            return true;
        }
        Path folder = mappings.resolve(partner);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> !file.getFileName().toString().equals(ContractFile.NAME));
        }
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(copy);
    }
}
