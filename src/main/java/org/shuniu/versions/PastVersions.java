package org.shuniu.versions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.contract.ContractFile;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.MappingsRefused;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.springframework.util.ConcurrentLruCache;

/** Keeps the texts of every version, and reads an old one again when a message is to be written as it was first. */
public final class PastVersions {

    /** What translated once. */
    public record Past(Mappings mappings, Catalogue catalogue, Translation translation) {}

    private record Row(String partner, String mapping, String mappingVersion, String catalogueVersion, String digest) {}

    private record Version(String partner, String version) {}

    private static final String KNOWN = "select exists (select 1 from mapping_file where version = ?)";
    private static final String KEEP_TEXT =
            "insert into mapping_text (digest, content) values (?, ?) on conflict do nothing";
    private static final String KEEP_FILE =
            "insert into mapping_file (version, path, digest) values (?, ?, ?) on conflict do nothing";
    private static final String TEXTS = """
            select f.path, t.content from mapping_file f join mapping_text t using (digest) where f.version = ?
            """;
    /** Old versions in memory; more are read again when they are asked for. One of a catalogue takes some megabytes. */
    private static final int MAPPINGS_IN_MEMORY = 64;

    private static final int CATALOGUES_IN_MEMORY = 4;

    private static final String CATALOGUE = "catalogue";

    private final Pools.Door door;
    private volatile Path folder;
    private final Mappings mappings;
    private final Catalogue catalogue;
    private final Map<Integer, Row> rows = new ConcurrentHashMap<>();
    private final ConcurrentLruCache<Version, Mappings> pastMappings =
            new ConcurrentLruCache<>(MAPPINGS_IN_MEMORY, this::readMappings);
    private final ConcurrentLruCache<String, Catalogue> pastCatalogues =
            new ConcurrentLruCache<>(CATALOGUES_IN_MEMORY, this::readCatalogue);

    /** @param folder of the mappings that are used now */
    public PastVersions(Pools.Door door, Path folder, Mappings mappings, Catalogue catalogue) {
        this.door = door;
        this.folder = folder;
        this.mappings = mappings;
        this.catalogue = catalogue;
    }

    /** Keeps what is used now; called once at start. */
    public void keep() {
        keep(folder, mappings, catalogue);
    }

    /** Keeps what is to be used from a folder, before it translates anything. */
    public void keep(Path from, Mappings next, Catalogue nextCatalogue) {
        next.partners().forEach(partner -> keep(next.version(partner), from.resolve(partner)));
        keep(nextCatalogue.version(), from.resolve(CATALOGUE));
    }

    /** From here on old mappings are read with the canonical schemas of this folder. */
    public void follow(Path next) {
        folder = next;
    }

    /** In which the files lie by which is translated now; people do not write in it, and an older one may be gone. */
    public Path folder() {
        return folder;
    }

    private void keep(String version, Path directory) {
        if (Boolean.TRUE.equals(door.sql().queryForObject(KNOWN, Boolean.class, version))) {
            return;
        }
        List<Path> files = files(directory);
        door.transaction().executeWithoutResult(status -> {
            for (Path file : files) {
                byte[] content = content(file);
                String digest = HexFormat.of().formatHex(StoredMessage.digestOf(content));
                door.sql().update(KEEP_TEXT, digest, content);
                door.sql().update(KEEP_FILE, version, directory.relativize(file).toString(), digest);
            }
        });
    }

    /** The same files as the version is made of. */
    private static List<Path> files(Path directory) {
        List<Path> files = new ArrayList<>();
        for (Path place : List.of(directory, directory.resolve("codes"))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> found = Files.list(place)) {
                    found.filter(Files::isRegularFile)
                            .filter(file -> file.toString().matches(".*\\.(yaml|csv)"))
                            .filter(file -> !file.endsWith(ContractFile.RECORD))
                            .sorted()
                            .forEach(files::add);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }
        return files;
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * What translated under that number.
     *
     * @throws MappingFailed when it is not kept, or can't be read by this hub any more
     */
    public Past of(int translation) {
        Row row = rows.computeIfAbsent(translation, this::row);
        Version version = new Version(row.partner(), row.mappingVersion());
        Mappings now = mappings.asNow();
        Catalogue nowCatalogue = catalogue.asNow();
        try {
            return new Past(
                    row.mappingVersion().equals(now.version(row.partner())) ? now : pastMappings.get(version),
                    row.catalogueVersion().equals(nowCatalogue.version())
                            ? nowCatalogue
                            : pastCatalogues.get(row.catalogueVersion()),
                    new Translation(translation, row.digest()));
        } catch (MappingsRefused unfit) {
            throw new MappingFailed(
                    row.partner() + "/" + row.mapping(),
                    "its version %s can't be read by this hub any more".formatted(row.mappingVersion()));
        }
    }

    private Row row(int translation) {
        return door
                .sql()
                .query(
                        "select * from translation where id = ?",
                        (found, number) -> new Row(
                                found.getString("partner"),
                                found.getString("mapping"),
                                found.getString("mapping_version"),
                                found.getString("catalogue_version"),
                                found.getString("digest")),
                        translation)
                .stream()
                .findFirst()
                .orElseThrow(() -> new MappingFailed("translation " + translation, "no versions of this number"));
    }

    private Mappings readMappings(Version past) {
        return ScratchFolder.former(past.partner(), texts(past.version()), folder);
    }

    private Catalogue readCatalogue(String version) {
        Map<String, byte[]> texts = texts(version);
        return ScratchFolder.read(directory -> {
            ScratchFolder.write(texts, directory.resolve(CATALOGUE));
            return Catalogue.load(directory);
        });
    }

    private Map<String, byte[]> texts(String version) {
        Map<String, byte[]> texts = new TreeMap<>();
        door.sql()
                .query(
                        TEXTS,
                        row -> {
                            texts.put(row.getString("path"), row.getBytes("content"));
                        },
                        version);
        if (texts.isEmpty()) {
            throw new MappingFailed("version " + version, "its texts are not kept");
        }
        return texts;
    }
}
