package org.shuniu.workbench;

/**
 * A mapping as somebody is writing it, with what it is tried on.
 *
 * @param mapping such as {@code application.out} or {@code result.in}
 * @param text of its file
 */
public record Draft(String partner, String mapping, String text, Sample sample) {

    /** Letters; the largest mapping of the project has a seventh of it. */
    public static final int LARGEST = 32_000;

    /** The same with what it is tried on. */
    public static final int LARGEST_WITH_SAMPLE = LARGEST + Sample.LARGEST;

    /** As what is wrong with it names it. */
    public String file() {
        return "%s/%s.yaml".formatted(partner, mapping);
    }

    boolean isTooLarge() {
        return text.length() > LARGEST || sample.isTooLarge();
    }
}
