package org.shuniu.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.shuniu.codec.PlainXml;
import org.shuniu.document.OpenPlaces;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A document line by line, as people read it: each value has a line of its own, and can be covered or marked. */
final class LaidOut {

    /**
     * One line.
     *
     * @param place where the value stands in a document of the hub's own form, or null
     * @param value or null where the line has none
     */
    private record Part(
            int depth,
            Text before,
            @Nullable String place,
            @Nullable String value,
            Text after) {}

    /** What stands around a value, with the names of fields as they are shown. */
    @FunctionalInterface
    private interface Text {
        Text NONE = names -> "";

        String with(FieldNames.Naming names);
    }

    /**
     * One line as it is shown.
     *
     * @param marked whether its value stands nowhere in the document beside it
     */
    record Line(String before, String value, String after, boolean marked) {}

    private static final Charset OF_DEPARTMENTS = Charset.forName("GB18030");
    /** Of the byte order, which a text has none of. */
    private static final String MARK = "\uFEFF";

    private static final String INDENT = "  ";
    private static final int DEEPEST = 60;

    private final List<Part> parts = new ArrayList<>();
    private final boolean hasFields;

    private LaidOut(byte[] document) {
        this.hasFields = json(document) || xml(document);
        if (!hasFields) {
            text(document).lines().forEach(line -> parts.add(new Part(0, Text.NONE, null, line, Text.NONE)));
        }
    }

    static LaidOut of(byte[] document) {
        return new LaidOut(document);
    }

    /** Whether it can be shown without its values: of what has no fields nothing is left then. */
    boolean hasFields() {
        return hasFields;
    }

    /** @param beside the document by which lines are marked, or null to mark none */
    List<Line> open(@Nullable LaidOut beside) {
        return lines(beside, FieldNames.Naming.ALL, part -> part.value());
    }

    /**
     * The same without what it says of anybody.
     *
     * @param document what kind of the hub's own documents it is, whose codes and times can be shown; null where it is another's
     * @param names of its fields, as they are shown
     */
    List<Line> covered(@Nullable LaidOut beside, @Nullable String document, FieldNames.Naming names) {
        return hasFields
                ? lines(beside, names, part -> isOpen(document, part) ? part.value() : Masked.text(part.value()))
                : List.of();
    }

    private static boolean isOpen(@Nullable String document, Part part) {
        return document != null && part.place() != null && OpenPlaces.isOpen(document, part.place(), part.value());
    }

    private interface Shown {
        String of(Part part);
    }

    private List<Line> lines(@Nullable LaidOut beside, FieldNames.Naming names, Shown shown) {
        Set<String> known = beside == null || !beside.hasFields || !hasFields ? null : beside.values();
        return parts.stream()
                .map(part -> new Line(
                        INDENT.repeat(part.depth()) + part.before().with(names),
                        part.value() == null ? "" : shown.of(part),
                        part.after().with(names),
                        known != null
                                && part.value() != null
                                && !part.value().isBlank()
                                && !known.contains(part.value())))
                .toList();
    }

    private Set<String> values() {
        return parts.stream().map(Part::value).filter(value -> value != null).collect(Collectors.toSet());
    }

    private boolean json(byte[] document) {
        try {
            json(0, Text.NONE, "", Json.tree(document), "");
            return true;
        } catch (JacksonException other) {
            parts.clear();
            return false;
        }
    }

    private void json(int depth, Text before, String place, JsonNode node, String after) {
        if (node.isContainer() && !node.isEmpty()) {
            boolean object = node.isObject();
            parts.add(new Part(depth, names -> before.with(names) + (object ? "{" : "["), null, null, Text.NONE));
            int left = node.size();
            if (object) {
                for (var inner : node.properties()) {
                    Text name = names -> "\"%s\": ".formatted(names.of(inner.getKey()));
                    String below = OpenPlaces.below(place, inner.getKey());
                    json(depth + 1, name, below, inner.getValue(), --left > 0 ? "," : "");
                }
            } else {
                for (JsonNode inner : node) {
                    json(depth + 1, Text.NONE, place, inner, --left > 0 ? "," : "");
                }
            }
            parts.add(new Part(depth, names -> object ? "}" : "]", null, null, names -> after));
        } else if (node.isContainer() || node.isNull()) {
            parts.add(new Part(depth, names -> before.with(names) + node, null, null, names -> after));
        } else {
            String quote = node.isString() ? "\"" : "";
            parts.add(new Part(
                    depth, names -> before.with(names) + quote, place, node.asString(), names -> quote + after));
        }
    }

    private boolean xml(byte[] document) {
        try {
            XMLStreamReader reader = PlainXml.reader(text(document));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                requirePlain(reader);
            }
            element(0, reader);
            return true;
        } catch (XMLStreamException other) {
            parts.clear();
            return false;
        }
    }

    private static void requirePlain(XMLStreamReader reader) throws XMLStreamException {
        if (reader.getEventType() == XMLStreamConstants.DTD
                || reader.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new XMLStreamException("no plain XML");
        }
    }

    private void element(int depth, XMLStreamReader reader) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("deeper than " + DEEPEST);
        }
        String name = name(reader.getPrefix(), reader.getLocalName());
        int place = parts.size();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String attribute = name(reader.getAttributePrefix(i), reader.getAttributeLocalName(i));
            parts.add(new Part(
                    depth + 1,
                    names -> "@%s=\"".formatted(names.of(attribute)),
                    null,
                    reader.getAttributeValue(i),
                    names -> "\""));
        }
        StringBuilder text = new StringBuilder();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            requirePlain(reader);
            if (reader.isStartElement()) {
                element(depth + 1, reader);
            } else if (reader.isCharacters()) {
                text.append(reader.getText());
            }
        }
        boolean leaf = parts.size() == place;
        if (leaf) {
            parts.add(new Part(depth, begin(name), null, text.toString(), end(name)));
        } else {
            parts.add(place, new Part(depth, begin(name), null, null, Text.NONE));
            if (!text.toString().isBlank()) {
                parts.add(new Part(depth + 1, Text.NONE, null, text.toString().strip(), Text.NONE));
            }
            parts.add(new Part(depth, end(name), null, null, Text.NONE));
        }
    }

    private static Text begin(String element) {
        return names -> "<%s>".formatted(names.of(element));
    }

    private static Text end(String element) {
        return names -> "</%s>".formatted(names.of(element));
    }

    private static String name(@Nullable String prefix, String local) {
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private static String text(byte[] document) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        } catch (CharacterCodingException another) {
            return new String(document, OF_DEPARTMENTS);
        }
    }
}
