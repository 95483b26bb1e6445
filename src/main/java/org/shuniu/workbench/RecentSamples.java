package org.shuniu.workbench;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.codec.Garbled;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Formats;
import org.shuniu.mapping.Mappings;
import org.shuniu.rehearsal.RecentMessages;
import tools.jackson.databind.JsonNode;

/** Messages of the hub as samples: with stand-ins in the place of all that they say of anybody. */
public final class RecentSamples {

    private static final int MOST = 20;
    private static final String OUT = ".out";

    private final RecentMessages recent;
    private final Samples samples;
    private final Mappings mappings;
    private final Formats formats;
    private final DocumentSchemas schemas;

    RecentSamples(RecentMessages recent, Samples samples, Mappings mappings, DocumentSchemas schemas) {
        this.recent = recent;
        this.samples = samples;
        this.mappings = mappings;
        this.formats = new Formats(mappings);
        this.schemas = schemas;
    }

    /** The newest of a mapping; nobody has opened them. */
    public List<RecentMessages.Head> newest(String partner, String mapping) {
        return recent.newest(partner, mapping, MOST);
    }

    /** Nothing where it is none of this mapping, is too large, or can't be read any more. */
    public Optional<Sample> open(String partner, String mapping, UUID id) {
        return recent.open(partner, mapping, id)
                .flatMap(open -> sample(partner, mapping, open))
                .filter(sample -> !sample.isTooLarge());
    }

    private Optional<Sample> sample(String partner, String mapping, RecentMessages.Open open) {
        StandIns standIns = standIns(partner, mapping);
        if (open.source() != null) {
            return Optional.of(new Sample(
                    standIns.ofSource(document(mapping), open.source()).toPrettyString(),
                    "",
                    false,
                    open.days().ofCase()));
        }
        try {
            JsonNode context = context(open.context());
            JsonNode answer = standIns.ofAnswer(formats.answer(partner, mapping, open.answer()), context);
            return Optional.of(new Sample(
                    answer.toPrettyString(),
                    context.toPrettyString(),
                    true,
                    open.days().ofCase()));
        } catch (Garbled unreadable) {
            return Optional.empty();
        }
    }

    private static String document(String mapping) {
        return mapping.substring(0, mapping.length() - OUT.length());
    }

    private static JsonNode context(@Nullable JsonNode context) {
        return context == null ? Examples.CONTEXT : context;
    }

    private StandIns standIns(String partner, String mapping) {
        return new StandIns(
                mappings.codedPlaces(partner, mapping), samples.trees(partner, mapping), mappings.knownFields(schemas));
    }
}
