package org.shuniu.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Reading;
import tools.jackson.databind.JsonNode;

/** What partners answer, by callback, in a file, a row or a queue: read by its mapping to the hub's document, as a settlement is. */
final class FuzzedAnswers {

    private static final Days DAYS = Days.of(Examples.DAY);

    private FuzzedAnswers() {}

    /** One for each mapping of what comes in, with the examples that are read in the same context. */
    static List<FuzzedReader> readers() {
        Map<String, List<Examples.Example>> examples = new TreeMap<>();
        for (Examples.Example example : Loaded.EXAMPLES.all()) {
            if (!example.outgoing()) {
                examples.computeIfAbsent(example.partner() + "/" + example.mapping(), name -> new ArrayList<>())
                        .add(example);
            }
        }
        return examples.entrySet().stream()
                .map(entry -> reader(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static FuzzedReader reader(String name, List<Examples.Example> examples) {
        Examples.Example first = examples.get(0);
        JsonNode context = WireAnswers.context(first);
        return new FuzzedReader(
                "answer " + name,
                examples.stream()
                        .filter(example -> WireAnswers.context(example).equals(context))
                        .map(example -> WireAnswers.bytes(example))
                        .toList(),
                bytes -> read(first.partner(), first.mapping(), bytes, context),
                Set.of(AnswerGarbled.class, MappingFailed.class));
    }

    private static void read(String partner, String mapping, byte[] bytes, JsonNode context) {
        Loaded.MAPPINGS.names(partner, mapping, bytes, context, DAYS);
        Reading reading = Loaded.MAPPINGS.read(partner, mapping, bytes, null, context, DAYS);
        if (reading.document() != null) {
            Loaded.SCHEMAS.check(reading.documentType(), reading.document());
        }
    }
}
