package org.shuniu.mapping;

/** An answer that is not of the partner's format, or that no outcome line knows: nobody can tell what happened. */
public final class AnswerGarbled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AnswerGarbled(String mapping, String message) {
        super("%s: %s".formatted(mapping, message));
    }
}
