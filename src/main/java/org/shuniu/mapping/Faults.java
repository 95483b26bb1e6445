package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the mappings of one partner, so that all is told at once. */
final class Faults {

    private final String folder;
    private final List<String> found = new ArrayList<>();

    Faults(String folder) {
        this.folder = folder;
    }

    void add(String where, String message) {
        found.add("%s/%s: %s".formatted(folder, where, message));
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
