package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A file of routes, as it was written and as a tree. */
record RouteFile(Path path, String text, JsonNode tree) {

    static final String ENDING = ".camel.yaml";
    static final Set<String> HOLDS_ROUTES = Set.of("route", "routeTemplate");

    /**
     * What stands in a file: a route, a template or a use of one, or a configuration of routes.
     *
     * @param kind as Camel calls it, such as {@code templatedRoute}
     * @param at the way to it in the file
     */
    record Element(RouteFile file, String kind, JsonNode tree, List<Object> at) {

        String id() {
            return tree.path(kind.equals("templatedRoute") ? "routeId" : "id").asString("");
        }

        /** The route itself, of a route or a template. */
        JsonNode route() {
            return kind.equals("routeTemplate") ? tree.path("route") : tree;
        }

        List<Object> routeAt() {
            return kind.equals("routeTemplate") ? RouteFile.with(at, "route") : at;
        }
    }

    /** Nothing is returned, and the fault added, for one that can't be read. */
    static Stream<RouteFile> read(Path path, List<Fault> faults) {
        try {
            String text = Files.readString(path);
            return Stream.of(new RouteFile(path, text, StrictYaml.read(text)));
        } catch (JacksonException malformed) {
            faults.add(Fault.ofText(path, malformed));
        } catch (CharacterCodingException otherCharset) {
            faults.add(Fault.ofBytes(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Stream.of();
    }

    /** As much of it as can be read. */
    static String text(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return "";
        }
    }

    List<Element> elements() {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; tree.isArray() && i < tree.size(); i++) {
            for (Map.Entry<String, JsonNode> entry : tree.get(i).properties()) {
                elements.add(new Element(this, entry.getKey(), entry.getValue(), List.of(i, entry.getKey())));
            }
        }
        return elements;
    }

    /** The folder of the partner that the file is about; empty for one that is about all. */
    String partner(Path routes) {
        return path.getParent().equals(routes)
                ? ""
                : path.getParent().getFileName().toString();
    }

    /** The file's name without its ending. */
    String name() {
        String name = path.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    Fault fault(List<Object> at, String place, String message) {
        return Fault.ofPath(path, at, place, message);
    }

    /** Calls back for every object in a tree, with the way to it. */
    static void walk(JsonNode node, List<Object> at, BiConsumer<JsonNode, List<Object>> visit) {
        if (node.isObject()) {
            visit.accept(node, at);
            node.properties().forEach(entry -> walk(entry.getValue(), with(at, entry.getKey()), visit));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(node.get(i), with(at, i), visit);
        }
    }

    /** Component and path, without options; Camel has the path in the address or, as Kaoto writes it, beside it. */
    static String address(JsonNode node) {
        String uri = node.path("uri").asString("").split("\\?", 2)[0];
        String name = node.path("parameters").path("name").asString("");
        return uri.contains(":") || name.isEmpty() ? uri : uri + ":" + name;
    }

    static List<Object> with(List<Object> at, Object... more) {
        return Stream.concat(at.stream(), Stream.of(more)).toList();
    }
}
