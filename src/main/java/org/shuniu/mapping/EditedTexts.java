package org.shuniu.mapping;

import java.util.Map;

/**
 * What somebody is writing of one partner's mappings.
 *
 * @param mapping such as {@code application.out} or {@code result.in}
 * @param text of its file
 * @param tables texts of code tables that are other than those in force, by the names of the tables
 */
public record EditedTexts(String partner, String mapping, String text, Map<String, String> tables) {

    public EditedTexts {
        tables = Map.copyOf(tables);
    }

    String name() {
        return partner + "/" + mapping;
    }
}
