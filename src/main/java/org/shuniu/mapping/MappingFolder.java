package org.shuniu.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.catalogue.ContentVersion;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the folder of mappings: each partner's files and code tables, all faults together. */
final class MappingFolder {

    private static final Set<String> NOT_PARTNERS = Set.of("canonical", "catalogue");
    private static final Pattern FILE = Pattern.compile("([a-z][a-z-]*)\\.(out|in)\\.yaml");

    private final Path folder;
    private final List<Fault> faults;
    private final Expressions expressions;

    /**
     * Prepares the reading.
     *
     * @param faults takes what is wrong
     * @param expressions how those of all mappings are read
     */
    MappingFolder(Path folder, List<Fault> faults, Expressions expressions) {
        this.expressions = expressions;
        this.folder = folder;
        this.faults = faults;
    }

    Mappings load() {
        CanonicalPaths canonical = CanonicalPaths.load(folder.resolve("canonical"));
        Map<String, PartnerMappings> partners = new HashMap<>();
        Set<String> refused = new TreeSet<>();
        for (Path partner : list(folder)) {
            String name = partner.getFileName().toString();
            if (Files.isDirectory(partner) && !NOT_PARTNERS.contains(name)) {
                partner(name, partner, canonical)
                        .ifPresentOrElse(mappings -> partners.put(name, mappings), () -> refused.add(name));
            }
        }
        return new Mappings(folder, partners, refused, canonical);
    }

    /** Nothing when anything is wrong with them. */
    private Optional<PartnerMappings> partner(String name, Path directory, CanonicalPaths canonical) {
        Faults found = new Faults(directory);
        Map<String, LocalCodes> codes = codes(directory.resolve("codes"), found);
        AllowedFields allowed = AllowedFieldsFile.read(directory, written(directory, canonical), canonical, found);
        PartnerMappings mappings =
                new PartnerMappings(new HashMap<>(), new HashMap<>(), codes, allowed, version(directory));
        Set<String> texts = new TreeSet<>();
        for (Path file : list(directory)) {
            if (isMapping(file)) {
                texts.add(add(name, file, mappings, canonical, found));
            }
        }
        codes.keySet().stream()
                .filter(table -> texts.stream().noneMatch(text -> uses(text, table)))
                .forEach(table -> unused(table, found));
        faults.addAll(found.found());
        return found.found().isEmpty() ? Optional.of(mappings) : Optional.empty();
    }

    static void unused(String table, Faults faults) {
        faults.add(
                "codes/" + table + ".csv",
                1,
                "no mapping uses this table; expected a row with codes: %s, or no such file".formatted(table));
    }

    private static boolean isMapping(Path file) {
        return file.toString().endsWith(".yaml")
                && !ContractFile.standsBeside(file.getFileName().toString());
    }

    /** The kinds of document that are written for a partner. */
    private static Set<String> written(Path directory, CanonicalPaths canonical) {
        return list(directory).stream()
                .map(file -> FILE.matcher(file.getFileName().toString()))
                .filter(name -> name.matches() && name.group(2).equals("out") && canonical.has(name.group(1)))
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static boolean uses(String text, String table) {
        return Pattern.compile("codes: *" + Pattern.quote(table) + "(?![A-Za-z0-9_-])")
                .matcher(text)
                .find();
    }

    private String add(String partner, Path path, PartnerMappings mappings, CanonicalPaths canonical, Faults faults) {
        String file = path.getFileName().toString();
        Matcher name = FILE.matcher(file);
        if (!name.matches()) {
            faults.add(
                    file,
                    1,
                    "the file's name '%s' says nothing; expected one like application.out.yaml or result.in.yaml"
                            .formatted(file));
            return "";
        }
        String text = "";
        try {
            text = Files.readString(path);
            JsonNode tree = StrictYaml.read(text);
            String id = partner + "/" + file.substring(0, file.length() - ".yaml".length());
            MappingFile mapping = new MappingFile(id, file, tree, mappings.codes(), canonical, faults, expressions);
            if (name.group(2).equals("out")) {
                mappings.outgoing().put(name.group(1), mapping.outgoing(name.group(1), mappings.allowed()));
            } else {
                mappings.incoming().put(name.group(1) + ".in", mapping.incoming());
            }
        } catch (JacksonException broken) {
            faults.add(Fault.ofText(path, broken));
        } catch (CharacterCodingException otherCharset) {
            faults.add(Fault.ofBytes(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return text;
    }

    private static String version(Path directory) {
        Path tables = directory.resolve("codes");
        try {
            ContentVersion version = new ContentVersion();
            for (Path file : Stream.concat(list(directory).stream(), list(tables).stream())
                    .toList()) {
                if (Files.isRegularFile(file)
                        && file.toString().matches(".*\\.(yaml|csv)")
                        && !file.endsWith(ContractFile.RECORD)) {
                    version.add(directory.relativize(file), Files.readAllBytes(file));
                }
            }
            return version.text();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, LocalCodes> codes(Path directory, Faults faults) {
        Map<String, LocalCodes> tables = new HashMap<>();
        for (Path file : list(directory)) {
            String name = file.getFileName().toString().replaceFirst("\\.csv$", "");
            tables.put(name, LocalCodesFile.read(file, name, faults));
        }
        return tables;
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
