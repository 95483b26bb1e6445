package org.shuniu.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.CaseTimes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An example of a partner's applications.
 *
 * @param document what its sender said, said now
 */
record ApplicationExample(Path source, ObjectNode document) {

    private static final String ENDING = ".source.json";
    /** Channel 1 of GB/T 39046 A.5. */
    private static final String COUNTER = "1";

    /** Where those of a partner are, the smallest first. */
    static List<Path> sources(Path mappings, String partner) throws IOException {
        Path folder = mappings.resolve(partner).resolve("examples/application.out");
        if (!Files.isDirectory(folder)) {
            throw new Unclear(
                    "PARTNER: %s has no examples of applications, expected some in %s".formatted(partner, folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .sorted(Comparator.comparingLong(file -> file.toFile().length()))
                    .toList();
        }
    }

    /** What people call it: {@code online} of {@code online.source.json}. */
    static String name(Path source) {
        return source.getFileName().toString().replace(ENDING, "");
    }

    static ApplicationExample read(Path source, Catalogue catalogue) {
        try {
            if (JsonMapper.shared().readTree(Files.readString(source)).path("document")
                    instanceof ObjectNode document) {
                document.put("applicationTime", CaseTimes.write(OffsetDateTime.now()));
                standAtACounter(document, catalogue);
                return new ApplicationExample(source, document);
            }
        } catch (IOException | JacksonException unreadable) {
            throw new IllegalArgumentException("%s can't be read".formatted(source), unreadable);
        }
        throw new IllegalArgumentException("%s has no document".formatted(source));
    }

    /** An example for a mapping need not say at which counter it was; an application has to. */
    private static void standAtACounter(ObjectNode document, Catalogue catalogue) {
        if (document.path("channel").asString("").equals(COUNTER) && !document.has("receivingCentre")) {
            catalogue.centres(LocalDate.now(CaseTimes.SHANGHAI)).stream()
                    .findFirst()
                    .ifPresent(centre -> document.put("receivingCentre", centre.code()));
        }
    }

    String channel() {
        return document.path("channel").asString("");
    }
}
