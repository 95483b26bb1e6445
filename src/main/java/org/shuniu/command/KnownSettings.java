package org.shuniu.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.shuniu.fault.Nearest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's settings as {@code META-INF/spring-configuration-metadata.json} describes them, by which editors complete them too. */
record KnownSettings(Map<String, Setting> byName) {

    private static final String DESCRIBED = "META-INF/spring-configuration-metadata.json";
    private static final String OURS = "shuniu.";
    private static final String PARTNERS = "shuniu.partners";

    /** @param type such as {@code java.time.Duration} */
    record Setting(String name, String type) {

        /** Whether names of its own stand below it. */
        boolean isOpen() {
            return type.startsWith("java.util.Map") || type.startsWith("java.util.List");
        }
    }

    /** Each jar has such a file. */
    static KnownSettings load() {
        Map<String, Setting> known = new TreeMap<>();
        try {
            for (URL file :
                    Collections.list(KnownSettings.class.getClassLoader().getResources(DESCRIBED))) {
                try (InputStream text = file.openStream()) {
                    for (JsonNode property : JsonMapper.shared().readTree(text).path("properties")) {
                        Setting setting = new Setting(
                                property.path("name").asString(""),
                                property.path("type").asString(""));
                        if (setting.name().startsWith(OURS)) {
                            known.put(uniform(setting.name()), setting);
                        }
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new KnownSettings(known);
    }

    /** As Spring compares names: {@code dataDir} and {@code data-dir} are one. */
    private static String uniform(String name) {
        return name.replaceAll("\\[.*", "").replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The setting that a name means, or in whose value it stands. */
    Optional<Setting> find(String name) {
        String at = uniform(name);
        Setting exact = byName.get(at);
        while (exact == null && at.contains(".")) {
            at = at.substring(0, at.lastIndexOf('.'));
            exact = Optional.ofNullable(byName.get(at)).filter(Setting::isOpen).orElse(null);
        }
        return Optional.ofNullable(exact);
    }

    /** Whether a variable of the environment means a setting: Spring compares letters and digits alone. */
    boolean isMeantBy(String variable, Collection<String> ofPartners) {
        String letters = letters(variable);
        return byName.values().stream()
                        .anyMatch(known -> letters.equals(letters(known.name()))
                                || known.isOpen()
                                        && !known.name().equals(PARTNERS)
                                        && letters.startsWith(letters(known.name())))
                || ofPartners.stream().anyMatch(name -> letters.equals(letters(name)));
    }

    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** The names that stand beside this one; of a block that is unknown too, those beside the block. */
    String beside(String name) {
        String block = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
        List<String> names = byName.values().stream()
                .map(Setting::name)
                .filter(known -> known.startsWith(block + "."))
                .map(known -> known.substring(block.length() + 1).split("\\.")[0])
                .distinct()
                .toList();
        return names.isEmpty() && !block.isEmpty()
                ? beside(block)
                : "%s under %s".formatted(Nearest.among(name.substring(block.length() + 1), names), block);
    }
}
