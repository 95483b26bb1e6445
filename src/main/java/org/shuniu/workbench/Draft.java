package org.shuniu.workbench;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mapping as somebody is writing it, with what it is tried on.
 *
 * @param mapping such as {@code application.out} or {@code result.in}
 * @param text of its file
 * @param tables texts of code tables that are written with it, by the names of the tables
 */
public record Draft(String partner, String mapping, String text, SortedMap<String, String> tables, Sample sample) {

    /** Letters; the largest mapping of the project has a seventh of it. */
    public static final int LARGEST = 32_000;

    /** Letters of all code tables together; those of the largest partner have a fifth of it. */
    public static final int LARGEST_TABLES = 16_000;

    /** The same with what it is tried on. */
    public static final int LARGEST_WITH_SAMPLE = LARGEST + LARGEST_TABLES + Sample.LARGEST;

    public Draft {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** One with the code tables that are in force. */
    public Draft(String partner, String mapping, String text, Sample sample) {
        this(partner, mapping, text, new TreeMap<>(), sample);
    }

    /** The same on another message. */
    public Draft on(Sample other) {
        return new Draft(partner, mapping, text, tables, other);
    }

    /** The same with other texts of code tables. */
    public Draft with(Map<String, String> others) {
        return new Draft(partner, mapping, text, new TreeMap<>(others), sample);
    }

    /** As what is wrong with it names it. */
    public String file() {
        return "%s/%s.yaml".formatted(partner, mapping);
    }

    /** The same of one of its tables. */
    public String file(String table) {
        return "%s/codes/%s.csv".formatted(partner, table);
    }

    boolean isTooLarge() {
        return hasTooLargeTexts() || sample.isTooLarge();
    }

    boolean hasTooLargeTexts() {
        return text.length() > LARGEST
                || tables.values().stream().mapToInt(String::length).sum() > LARGEST_TABLES;
    }
}
