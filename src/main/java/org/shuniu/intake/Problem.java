package org.shuniu.intake;

import java.util.List;
import org.shuniu.document.Finding;

/**
 * Why a submission is refused, fit to be shown to its sender: it never holds a value of the document.
 *
 * @param name last part of the stable type {@code urn:shuniu:problem:<name>}
 * @param status HTTP status
 * @param title what is wrong in one sentence
 * @param findings every place in the document that is wrong
 */
public record Problem(String name, int status, String title, List<Finding> findings) {

    public static Problem of(String name, int status, String title) {
        return new Problem(name, status, title, List.of());
    }
}
