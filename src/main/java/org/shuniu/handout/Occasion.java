package org.shuniu.handout;

import java.util.Locale;
import java.util.Optional;
import org.shuniu.handout.Condition.Part;
import tools.jackson.databind.JsonNode;

/** On which occasion an office says something; what is known besides of an answer follows from it. */
enum Occasion {
    /** It answers an application. */
    APPLICATION,
    /** It answers further papers. */
    SUPPLEMENT,
    /** It answers that the citizen takes the case back. */
    WITHDRAWAL,
    /** It answers how a case stands. */
    QUERY,
    /** It speaks first: by a callback, a row of a file or a message of a queue. */
    BY_ITSELF;

    /** Whether a part of a condition that does not ask for the answer itself holds. */
    enum Holds {
        YES,
        NO,
        UNKNOWN
    }

    private static final String OPERATION = "call.operation";
    private static final int OK = 200;

    /** By the kind of message that is answered, or its own word. */
    static Occasion of(String document) {
        return valueOf(document.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Of an example of an answer. */
    static Occasion of(JsonNode context) {
        String operation = context.path("call").path("operation").asString("");
        return operation.isEmpty() ? BY_ITSELF : of(operation);
    }

    /** As mappings and files have it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name as that of a type: {@code ApplicationAnswer}. */
    String type() {
        return this == BY_ITSELF
                ? "Event"
                : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT) + "Answer";
    }

    Holds holds(Part part) {
        if (!part.path().matches("call\\.operation|call\\.document|transport\\.status")) {
            return Holds.UNKNOWN;
        }
        Optional<String> value = value(part.path());
        boolean holds = switch (part.sign()) {
            case IS, IS_ONE_OF -> value.filter(part.values()::contains).isPresent();
            case IS_NOT -> value.filter(known -> !part.values().contains(known)).isPresent();
            case AT_LEAST ->
                value.filter(known -> Integer.parseInt(known)
                                >= Integer.parseInt(part.values().get(0)))
                        .isPresent();
            case EXISTS -> value.isPresent();
            case MISSING -> value.isEmpty();
            case OTHER -> false;
        };
        return holds ? Holds.YES : Holds.NO;
    }

    /** Answers with another HTTP status than 200 are told apart from what these say. */
    private Optional<String> value(String path) {
        if (this == BY_ITSELF) {
            return Optional.empty();
        }
        return Optional.of(
                path.equals(OPERATION)
                        ? word()
                        : path.startsWith("call.") ? this == QUERY ? APPLICATION.word() : word() : String.valueOf(OK));
    }
}
