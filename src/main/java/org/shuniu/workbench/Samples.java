package org.shuniu.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.shuniu.codec.Garbled;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Formats;
import org.shuniu.mapping.Mappings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The examples of mappings, as messages on which one is tried. */
public final class Samples {

    /** A larger file is no example that people read. */
    private static final long LARGEST_FILE = 256L * 1024;

    private final Path folder;
    private final Mappings mappings;
    private final Formats formats;

    /** @param folder of the mappings, where people write their examples */
    Samples(Path folder, Mappings mappings) {
        this.folder = folder;
        this.mappings = mappings;
        this.formats = new Formats(mappings);
    }

    /** What the examples of a mapping are called. */
    public List<String> names(String partner, String mapping) {
        return of(partner, mapping).stream().map(Examples.Example::name).toList();
    }

    /** Those that can be read, as trees. */
    List<JsonNode> trees(String partner, String mapping) {
        return of(partner, mapping).stream()
                .flatMap(example -> tree(partner, mapping, example).stream())
                .toList();
    }

    private Optional<JsonNode> tree(String partner, String mapping, Examples.Example example) {
        Sample sample = sample(example, formats.charset(partner, mapping));
        try {
            return Optional.of(formats.example(partner, mapping, sample.text()));
        } catch (Garbled | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    List<Examples.Example> of(String partner, String mapping) {
        return new Examples(folder, mappings).of(partner, mapping);
    }

    /** One of them, by its name. */
    public Optional<Sample> find(String partner, String mapping, String name) {
        return of(partner, mapping).stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .map(example -> sample(example, formats.charset(partner, mapping)));
    }

    static Sample sample(Examples.Example example, Charset charset) {
        String context = example.outgoing()
                ? ""
                : example.context()
                        .map(file -> text(file, StandardCharsets.UTF_8))
                        .orElseGet(Examples.CONTEXT::toPrettyString);
        return new Sample(text(example.source(), charset), context, false, Examples.DAY);
    }

    /** Rows are kept in UTF-8, whatever charset their files have; other bytes are in their own, which may be that too. */
    private static String text(Path file, Charset charset) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                return "";
            }
            byte[] bytes = Files.readAllBytes(file);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException other) {
                return new String(bytes, charset);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
