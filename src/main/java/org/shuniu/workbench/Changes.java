package org.shuniu.workbench;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a draft changes of the files in force.
 *
 * @param texts of the files that are other, by their paths in the partner's folder
 * @param difference as {@code patch} reads it; empty where there is none
 */
record Changes(SortedMap<String, String> texts, String difference) {

    Changes {
        texts = Collections.unmodifiableSortedMap(texts);
    }

    /**
     * Compares.
     *
     * @param inForce by the same paths
     */
    static Changes of(String partner, Map<String, String> inForce, Map<String, String> texts) {
        SortedMap<String, String> changed = new TreeMap<>(texts);
        changed.entrySet().removeIf(file -> file.getValue().equals(inForce.get(file.getKey())));
        StringBuilder difference = new StringBuilder();
        changed.forEach((path, text) -> difference.append(
                UnifiedDifference.of("mappings/%s/%s".formatted(partner, path), inForce.getOrDefault(path, ""), text)));
        return new Changes(changed, difference.toString());
    }

    boolean isNone() {
        return texts.isEmpty();
    }
}
