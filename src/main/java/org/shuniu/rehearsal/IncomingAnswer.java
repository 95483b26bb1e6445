package org.shuniu.rehearsal;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Reading;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a partner said.
 *
 * @param body as received, without the wrapping in which it came
 * @param context what is known besides
 */
record IncomingAnswer(
        String partner,
        String mapping,
        String id,
        byte[] body,
        @Nullable String mediaType,
        JsonNode context,
        Days days,
        DocumentSchemas schemas)
        implements Recorded {

    private static final byte[] NO_FORMAT = {};
    /** Words of the hub's own or of the mapping's author. */
    private static final Set<String> OPEN = Set.of("verdict", "document");

    @Override
    public boolean isOpen(String field) {
        return isOpenOfAnswer(field);
    }

    static boolean isOpenOfAnswer(String field) {
        return OPEN.contains(field);
    }

    @Override
    public Translated by(Mappings mappings) {
        return of(mappings.read(partner, mapping, body, mediaType, context, days), schemas);
    }

    /** What does not fit its schema would be parked: it can't be used. */
    static Translated of(Reading reading, DocumentSchemas schemas) {
        return fault(reading, schemas)
                .<Translated>map(Translated.Failed::new)
                .orElseGet(() -> new Translated.Done(fields(reading), NO_FORMAT));
    }

    private static Optional<String> fault(Reading reading, DocumentSchemas schemas) {
        if (reading.document() == null || !schemas.documents().contains(reading.documentType())) {
            return Optional.empty();
        }
        return schemas.check(reading.documentType(), reading.document()).stream()
                .findFirst()
                .map(finding -> "the answer's %s does not fit: %s is %s; expected %s"
                        .formatted(
                                reading.documentType(),
                                finding.place(schemas.names()),
                                finding.found(),
                                finding.expected()));
    }

    private static ObjectNode fields(Reading reading) {
        ObjectNode fields = Json.object().put("verdict", reading.verdict().name());
        put(fields, "reason", reading.reason());
        put(fields, "document", reading.documentType());
        if (reading.marks() != null) {
            put(fields, "event", reading.marks().eventId());
            put(fields, "ticket", reading.marks().ticket());
            if (reading.marks().order() != null) {
                fields.put("order", reading.marks().order());
            }
        }
        if (reading.document() != null) {
            fields.set("content", reading.document());
        }
        return fields;
    }

    private static void put(ObjectNode fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
