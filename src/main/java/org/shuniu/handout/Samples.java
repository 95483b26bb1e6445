package org.shuniu.handout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.shuniu.codec.Garbled;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Examples.Example;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Written;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Makes samples of the examples of a partner's mappings. */
final class Samples {

    private final Office office;
    private final WireForm form;
    private final Examples examples;

    Samples(Office office, WireForm form) {
        this.office = office;
        this.form = form;
        this.examples = new Examples(office.folder().getParent(), office.mappings());
    }

    /** @param faults to which is added which examples are none */
    List<Sample> all(List<Fault> faults) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Example example : examples.all()) {
            if (example.partner().equals(office.contract().partner()) && isSaid(example)) {
                try {
                    Sample sample = example.outgoing() ? sent(example) : received(example);
                    samples.add(sample);
                    form.misfit(sample)
                            .ifPresent(why -> faults.add(Fault.ofFile(
                                    example.source(),
                                    "samples/%s does not fit the schema: %s".formatted(sample.file(), why),
                                    "contract, mapping, tables and example that say the same")));
                } catch (MappingFailed | AnswerGarbled | Garbled failed) {
                    faults.add(Fault.ofFile(
                            example.source(),
                            String.valueOf(failed.getMessage()),
                            "an example that its mapping translates"));
                }
            }
        }
        samples.sort(Comparator.comparing(Sample::isSent)
                .reversed()
                .thenComparing(this::place)
                .thenComparing(Sample::file));
        return samples;
    }

    private boolean isSaid(Example example) throws IOException {
        return example.outgoing() || form.isSaid(Files.readString(example.source()));
    }

    /** As messages and occasions follow each other. */
    private int place(Sample sample) {
        List<String> order = sample.isSent()
                ? office.messages().stream().map(Outgoing::document).toList()
                : office.occasions().stream().map(Occasion::word).toList();
        return order.indexOf(sample.what());
    }

    private Sample sent(Example example) throws IOException {
        String document = example.mapping().replaceFirst("\\.out$", "");
        JsonNode source = JsonMapper.shared().readTree(Files.readString(example.source()));
        Written written = office.mappings()
                .write(office.contract().partner(), document, Examples.item(source), source, Days.of(Examples.DAY));
        return new Sample(
                "sent/%s.%s.%s".formatted(document, stem(example.source()), form.ending()),
                document,
                form.sentBy(document),
                form.sent(written.body()),
                form.fields(document, written.fields()),
                Optional.empty());
    }

    private Sample received(Example example) throws IOException {
        Occasion occasion = occasion(example);
        return new Sample(
                "answers/%s.%s.%s".formatted(occasion.word(), stem(example.source()), form.ending()),
                occasion.word(),
                form.receivedBy(occasion),
                form.received(Files.readString(example.source())),
                MissingNode.getInstance(),
                Optional.of(examples.read(example)));
    }

    /** The usual one of an example is that it answers an application. */
    private Occasion occasion(Example example) throws IOException {
        Optional<Path> context = example.context();
        if (!office.isCalled()) {
            return Occasion.BY_ITSELF;
        }
        return context.isEmpty()
                ? Occasion.APPLICATION
                : Occasion.of(JsonMapper.shared().readTree(Files.readString(context.get())));
    }

    private static String stem(Path source) {
        return source.getFileName().toString().replaceAll("\\.source\\..*", "");
    }

    /** What is there, for programs. */
    static String list(List<Sample> samples) {
        return ColumnList.table(
                List.of("file", "way", "what", "how", "means", "document"),
                samples.stream()
                        .map(sample -> List.of(
                                sample.file(),
                                sample.isSent() ? "sent" : "answer",
                                sample.what(),
                                sample.how(),
                                sample.reading()
                                        .map(reading -> reading.verdict()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-'))
                                        .orElse(""),
                                sample.reading()
                                        .flatMap(reading -> Optional.ofNullable(reading.documentType()))
                                        .orElse("")))
                        .toList());
    }
}
