package org.shuniu.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.shuniu.codec.Garbled;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Examples.Example;
import org.shuniu.mapping.Mappings;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The source of an example.
 *
 * @param folder of the mappings that have it
 */
record ExampleMessage(Path folder, Example example, DocumentSchemas schemas) implements Recorded {

    private static final String OUT = ".out";

    @Override
    public String mapping() {
        return example.mapping();
    }

    @Override
    public String id() {
        return example.source().getFileName().toString().replaceFirst("\\.source\\..*", "");
    }

    @Override
    public boolean isOpen(String field) {
        return !example.outgoing() && IncomingAnswer.isOpenOfAnswer(field);
    }

    @Override
    public Set<String> codes(Mappings inForce) {
        return example.outgoing() ? outgoing().codes(inForce) : Set.of();
    }

    @Override
    public Translated by(Mappings mappings) {
        return example.outgoing()
                ? outgoing().by(mappings)
                : IncomingAnswer.of(new Examples(folder, mappings).read(example), schemas);
    }

    private OutgoingDocument outgoing() {
        String document = mapping().substring(0, mapping().length() - OUT.length());
        try {
            JsonNode source = Json.tree(Files.readAllBytes(example.source()));
            return new OutgoingDocument(
                    example.partner(), document, id(), Examples.item(source), source, Days.of(Examples.DAY));
        } catch (JacksonException malformed) {
            throw new Garbled("the example's source is not JSON");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
