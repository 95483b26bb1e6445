package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Translates every example of every mapping: what a mapping is meant to do is what it does. */
final class ExampleCheck {

    private static final String DOCUMENT = "document";
    /** Rules that nothing but a mistake breaks: some examples show what is too long on purpose. */
    private static final Set<String> TELLING = Set.of("type", "enum", "const");

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
                .forEach(mapping -> faults.add(Fault.ofFile(
                        folder.resolve(mapping + ".yaml"),
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
            fault(
                    example.source(),
                    "an example of no mapping: there is no %s/%s.yaml".formatted(example.partner(), example.mapping()),
                    "a folder that is called as a mapping is");
        } else if (!Files.exists(example.target())) {
            fault(
                    example.source(),
                    "its target %s is missing".formatted(example.target().getFileName()),
                    "a file of that name with " + written(example));
        } else if (isReadable(example.source())
                & isReadable(example.target())
                & example.context().map(this::isReadable).orElse(true)) {
            translate(example);
        }
    }

    private void translate(Example example) {
        try {
            if (!isDocument(example)) {
                return;
            }
            Examples.Translated translated = examples.translate(example);
            if (!translated.asItsTargetSays()) {
                faults.add(Difference.between(example.target(), translated.text())
                        .fault(example.target(), written(example) + ", or another mapping"));
            }
            if (translated.reading() != null && translated.reading().document() != null) {
                checkDocument(example, translated.reading());
            }
        } catch (MappingFailed | AnswerGarbled | Garbled | IllegalArgumentException failed) {
            fault(example.source(), failed.getMessage(), "a source that %s translates".formatted(example.mapping()));
        } catch (UncheckedIOException | IOException unreadable) {
            fault(example.source(), "source, context or target can't be read", "files in UTF-8");
        }
    }

    /** What `map` says of it. */
    private static String written(Example example) {
        return "what `map %s/%s %s%s --day=%s` says"
                .formatted(
                        example.partner(),
                        example.mapping(),
                        example.source(),
                        example.context().map(" --context=%s"::formatted).orElse(""),
                        Examples.DAY);
    }

    private boolean isReadable(Path file) {
        if (!file.toString().endsWith(".json")) {
            return true;
        }
        try {
            JsonMapper.shared().readTree(Files.readString(file));
            return true;
        } catch (JacksonException malformed) {
            faults.add(Fault.ofJson(file, malformed));
        } catch (CharacterCodingException otherCharset) {
            faults.add(Fault.ofBytes(file));
        } catch (IOException unreadable) {
            fault(file, "it can't be read", "a file that the hub may read");
        }
        return false;
    }

    /** A document that goes out came in by its schema; an example may leave out what it does not show. */
    private boolean isDocument(Example example) throws IOException {
        String document = example.mapping().replaceFirst("\\.out$", "");
        if (document.equals(example.mapping()) || !schemas.documents().contains(document)) {
            return true;
        }
        int before = faults.size();
        String text = Files.readString(example.source());
        JsonNode tree = JsonMapper.shared().readTree(text).path(DOCUMENT);
        for (Finding finding : schemas.check(document, tree)) {
            if (TELLING.contains(finding.rule())) {
                List<Object> at = new ArrayList<>(List.of(DOCUMENT));
                Stream.of(finding.pointer().split("/"))
                        .filter(step -> !step.isEmpty())
                        .forEach(step -> at.add(step.matches("\\d{1,9}") ? (Object) Integer.valueOf(step) : step));
                faults.add(Fault.ofPath(
                        example.source(),
                        at,
                        DOCUMENT + finding.pointer(),
                        "found %s; expected %s, as mappings/canonical/%s.schema.json has it"
                                .formatted(finding.found(), finding.expected(), document)));
            }
        }
        return faults.size() == before;
    }

    private void checkDocument(Example example, Reading reading) {
        for (Finding finding : schemas.check(reading.documentType(), reading.document())) {
            faults.add(new Fault(
                    example.source().toString(),
                    1,
                    finding.pointer(),
                    "what the mapping reads of it has " + finding.found(),
                    "%s, as mappings/canonical/%s.schema.json has it"
                            .formatted(finding.expected(), reading.documentType())));
        }
    }

    private void fault(Path file, String reason, String cure) {
        faults.add(Fault.ofFile(file, reason, cure));
    }
}
