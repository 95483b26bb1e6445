package org.shuniu.handbook;

import java.util.List;
import java.util.function.UnaryOperator;

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

    /** A document that is none of the handbook's; its links stay as they are. */
    public static Article of(String markdown) {
        return Writer.write("", markdown, UnaryOperator.identity());
    }

    public Article {
        headings = List.copyOf(headings);
    }
}
