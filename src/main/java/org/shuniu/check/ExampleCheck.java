package org.shuniu.check;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.shuniu.codec.Garbled;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.document.Finding;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Examples.Example;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Reading;

/** Translates every example of every mapping: what a mapping is meant to do is what it does. */
final class ExampleCheck {

    private final Path folder;
    private final Examples examples;
    private final DocumentSchemas schemas;
    private final List<Fault> faults;

    ExampleCheck(Path folder, Mappings mappings, DocumentSchemas schemas, List<Fault> faults) {
        this.folder = folder;
        this.examples = new Examples(folder, mappings);
        this.schemas = schemas;
        this.faults = faults;
    }

    void run() {
        examples.missing()
                .forEach(mapping -> faults.add(new Fault(
                        folder.resolve(mapping + ".yaml").toString(),
                        0,
                        "",
                        "no example shows what it does",
                        "a pair %s/examples/%s/<case>.source.* and .target.*"
                                .formatted((Object[]) mapping.split("/")))));
        examples.stray()
                .forEach(file -> fault(
                        file,
                        "a file of no example",
                        "<partner>/examples/<mapping>/<case>.source.* with its .target.*"));
        examples.all().forEach(this::check);
    }

    private void check(Example example) {
        if (!examples.isOfAMapping(example)) {
            fault(example.source(), "an example of no mapping", "a folder that is called as a mapping is");
            return;
        }
        try {
            Examples.Translated translated = examples.translate(example);
            if (!translated.asItsTargetSays()) {
                fault(
                        example.target(),
                        "the mapping writes something else",
                        "what `map %s/%s %s%s --day=%s` says, or another mapping"
                                .formatted(
                                        example.partner(),
                                        example.mapping(),
                                        example.source(),
                                        example.context()
                                                .map(" --context=%s"::formatted)
                                                .orElse(""),
                                        Examples.DAY));
            }
            if (translated.reading() != null && translated.reading().document() != null) {
                checkDocument(example, translated.reading());
            }
        } catch (MappingFailed | AnswerGarbled | Garbled | IllegalArgumentException failed) {
            fault(example.source(), failed.getMessage(), "a source that %s translates".formatted(example.mapping()));
        } catch (UncheckedIOException unreadable) {
            fault(example.source(), "source, context or target can't be read", "files in UTF-8");
        }
    }

    private void checkDocument(Example example, Reading reading) {
        for (Finding finding : schemas.check(reading.documentType(), reading.document())) {
            faults.add(new Fault(
                    example.source().toString(),
                    0,
                    finding.pointer(),
                    "what the mapping reads of it has " + finding.found(),
                    "%s, as mappings/canonical/%s.schema.json has it"
                            .formatted(finding.expected(), reading.documentType())));
        }
    }

    private void fault(Path file, String reason, String cure) {
        faults.add(new Fault(file.toString(), 0, "", reason, cure));
    }
}
