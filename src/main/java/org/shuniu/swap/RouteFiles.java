package org.shuniu.swap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.shuniu.fault.StrictYaml;
import tools.jackson.databind.JsonNode;

/** What stands in the route files of one version, and what each route is made of. */
final class RouteFiles {

    private static final String ENDING = ".camel.yaml";
    private static final String CONFIGURATION = "routeConfigurationId";

    /**
     * What Camel makes of one file.
     *
     * @param made all that its routes are made of: their own text without comments, their templates and their configurations
     */
    record Content(List<String> routes, List<String> templates, List<String> configurations, List<Object> made) {}

    private record Element(String kind, JsonNode tree) {
        String id() {
            return tree.path(kind.equals("templatedRoute") ? "routeId" : "id").asString("");
        }
    }

    private final SortedMap<String, List<Element>> elements = new TreeMap<>();
    private final Map<String, JsonNode> templates = new TreeMap<>();
    private final Map<String, JsonNode> configurations = new TreeMap<>();

    private RouteFiles() {}

    /** @param files that were checked */
    static SortedMap<String, Content> of(ConfigurationFiles files) {
        RouteFiles read = new RouteFiles();
        files.files().forEach((name, content) -> {
            if (name.startsWith(ConfigurationFiles.ROUTES) && name.endsWith(ENDING)) {
                read.read(name, StrictYaml.read(new String(content, StandardCharsets.UTF_8)));
            }
        });
        SortedMap<String, Content> contents = new TreeMap<>();
        read.elements.keySet().forEach(name -> contents.put(name, read.content(name)));
        return contents;
    }

    private void read(String name, JsonNode tree) {
        List<Element> found = new ArrayList<>();
        for (JsonNode item : tree) {
            item.properties().forEach(entry -> found.add(new Element(entry.getKey(), entry.getValue())));
        }
        elements.put(name, found);
        for (Element element : found) {
            if (element.kind().equals("routeTemplate")) {
                templates.put(element.id(), element.tree());
            } else if (element.kind().equals("routeConfiguration")) {
                configurations.put(element.id(), element.tree());
            }
        }
    }

    private Content content(String name) {
        Content content = new Content(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Element element : elements.get(name)) {
            content.made().add(List.of(element.kind(), element.tree()));
            switch (element.kind()) {
                case "routeTemplate" -> content.templates().add(element.id());
                case "routeConfiguration" -> content.configurations().add(element.id());
                case "templatedRoute" -> {
                    content.routes().add(element.id());
                    JsonNode template = templates.get(
                            element.tree().path("routeTemplateRef").asString(""));
                    if (template != null) {
                        content.made().add(template);
                        configured(template.path("route"), content);
                    }
                }
                default -> {
                    content.routes().add(element.id());
                    configured(element.tree(), content);
                }
            }
        }
        return content;
    }

    private void configured(JsonNode route, Content content) {
        JsonNode configuration = configurations.get(route.path(CONFIGURATION).asString(""));
        if (configuration != null) {
            content.made().add(configuration);
        }
    }
}
