package org.shuniu.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Codecs;
import org.shuniu.mapping.Examples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Examples of what partners answer, as it comes over the wire: in its charset and with the envelope that examples leave out. */
final class WireAnswers {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private WireAnswers() {}

    static byte[] bytes(Examples.Example example) {
        Codec codec = codec(example);
        try {
            byte[] shown = codec.isRow()
                    ? Files.readString(example.source()).getBytes(codec.charset())
                    : Files.readAllBytes(example.source());
            return codec.content() == codec
                    ? shown
                    : codec.encode((ObjectNode) codec.content().decode(shown));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Codec codec(Examples.Example example) {
        Path file = Loaded.FOLDER.resolve(example.partner()).resolve(example.mapping() + ".yaml");
        return Codecs.of(YAML.readTree(file.toFile()).path("codec"));
    }

    /** What is known besides of the answer. */
    static JsonNode context(Examples.Example example) {
        return example.context()
                .<JsonNode>map(file -> JsonMapper.shared().readTree(file.toFile()))
                .orElse(Examples.CONTEXT);
    }
}
