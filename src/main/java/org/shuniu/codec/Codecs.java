package org.shuniu.codec;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Makes a codec from the {@code codec} block of a mapping. */
public final class Codecs {

    private static final Map<String, Set<String>> SETTINGS = Map.of(
            "json", Set.of("kind"),
            "row", Set.of("kind"),
            "csv", Set.of("kind", "charset", "columns"),
            "fixed-width", Set.of("kind", "charset", "columns"),
            "form", Set.of("kind", "charset"),
            "xml", Set.of("kind", "root", "charset", "namespaces", "media-type", "controls"),
            "soap", Set.of("kind", "root", "charset", "namespaces", "operation", "namespace", "argument"),
            "message", Set.of("kind", "root", "charset", "namespaces"),
            "soap-document", Set.of("kind", "root", "namespaces"));

    private Codecs() {}

    /** @throws IllegalArgumentException naming the setting and what was expected */
    public static Codec of(JsonNode block) {
        String kind = text(block, "kind");
        requireKnown(kind, block);
        return switch (kind) {
            case "json" -> new JsonCodec();
            case "row" -> new RowCodec();
            case "csv" -> csv(block);
            case "fixed-width" -> fixedWidth(block);
            case "form" -> new FormCodec(charset(block.path("charset").asString("UTF-8")));
            case "xml" -> xml(block);
            case "message" -> new MessageCodec(xml(block));
            case "soap-document" -> new SoapDocumentCodec(text(block, "root"), namespaces(block));
            default ->
                new SoapCodec(xml(block), text(block, "operation"), text(block, "namespace"), text(block, "argument"));
        };
    }

    private static void requireKnown(String kind, JsonNode block) {
        Set<String> known = SETTINGS.get(kind);
        if (known == null) {
            throw new IllegalArgumentException(
                    "codec.kind is '%s'; expected one of %s".formatted(kind, new TreeSet<>(SETTINGS.keySet())));
        }
        for (String setting : block.propertyNames()) {
            if (!known.contains(setting)) {
                throw new IllegalArgumentException("codec.%s is unknown to the kind %s; expected one of %s"
                        .formatted(setting, kind, new TreeSet<>(known)));
            }
        }
    }

    private static XmlCodec xml(JsonNode block) {
        return new XmlCodec(
                text(block, "root"),
                charset(block.path("charset").asString("UTF-8")),
                namespaces(block),
                mediaType(block.path("media-type").asString("application/xml")),
                dropsControls(block.path("controls").asString("refuse")));
    }

    private static Map<String, String> namespaces(JsonNode block) {
        Map<String, String> namespaces = new LinkedHashMap<>();
        block.path("namespaces")
                .properties()
                .forEach(
                        entry -> namespaces.put(entry.getKey(), entry.getValue().asString()));
        return namespaces;
    }

    private static String mediaType(String name) {
        if (!name.matches("[a-z]+/[a-z0-9.+-]+")) {
            throw new IllegalArgumentException(
                    "codec.media-type is '%s'; expected a media type such as text/xml".formatted(name));
        }
        return name;
    }

    private static boolean dropsControls(String word) {
        if (!Set.of("drop", "refuse").contains(word)) {
            throw new IllegalArgumentException("codec.controls is '%s'; expected drop or refuse".formatted(word));
        }
        return word.equals("drop");
    }

    private static CsvCodec csv(JsonNode block) {
        List<CsvCodec.Column> columns = new ArrayList<>();
        Set<String> keys = new TreeSet<>();
        block.path("columns").properties().forEach(entry -> {
            String key = entry.getValue().asString("");
            if (key.isBlank() || !keys.add(key)) {
                throw new IllegalArgumentException(
                        "codec.columns.%s is '%s'; expected a key of its own".formatted(entry.getKey(), key));
            }
            columns.add(new CsvCodec.Column(entry.getKey(), key));
        });
        requireColumns(columns, "names and keys, such as {姓名: name}");
        return new CsvCodec(charset(block.path("charset").asString("UTF-8")), columns);
    }

    private static FixedWidthCodec fixedWidth(JsonNode block) {
        List<FixedWidthCodec.Column> columns = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (JsonNode column : block.path("columns")) {
            String name = column.path("name").asString("");
            int width = column.path("width").asInt(0);
            String align = column.path("align").asString("left");
            if (name.isBlank()
                    || !names.add(name)
                    || width < 1
                    || !Set.of("left", "right").contains(align)) {
                throw new IllegalArgumentException(
                        "codec.columns: column '%s' can't be written; expected a name of its own, a width from 1, and align left or right"
                                .formatted(name));
            }
            columns.add(new FixedWidthCodec.Column(name, width, align.equals("right")));
        }
        requireColumns(columns, "a list such as [{name: caseNo, width: 20}]");
        return new FixedWidthCodec(charset(block.path("charset").asString("UTF-8")), columns);
    }

    private static void requireColumns(List<?> columns, String expected) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("codec.columns is empty; expected %s".formatted(expected));
        }
    }

    private static Charset charset(String name) {
        try {
            return name.equals("UTF-8") ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new IllegalArgumentException(
                    "codec.charset is '%s'; expected a charset such as UTF-8 or GB18030".formatted(name));
        }
    }

    private static String text(JsonNode block, String setting) {
        JsonNode value = block.path(setting);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new IllegalArgumentException("codec.%s is missing; expected a text".formatted(setting));
        }
        return value.stringValue();
    }
}
