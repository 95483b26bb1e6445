package org.shuniu.handbook;

import java.util.List;

/**
 * One document.
 *
 * @param path in the project, such as {@code routes/README.md}
 * @param html what it says; HTML that stands in the document is escaped
 */
public record Article(String path, String title, List<Heading> headings, String html) {

    /**
     * A heading of a document.
     *
     * @param slug by which it is linked to
     */
    public record Heading(int level, String text, String slug) {}

    public Article {
        headings = List.copyOf(headings);
    }
}
