package org.shuniu.conformance;

import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractProtocol;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a contract says of each field of a message, and values that just keep to it or just do not. */
final class Agreed {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String LONG = "测试最长";

    private final Contract contract;

    Agreed(Contract contract) {
        this.contract = contract;
    }

    /** The first field that is not as agreed, and what is wrong with it. */
    Optional<String> wrong(String document, ObjectNode fields) {
        return contract.of(document).stream()
                .flatMap(field -> wrong(field, at(document, field, fields)).stream())
                .findFirst();
    }

    /** What stands in a field of a message: with tables it is a column behind its table. */
    JsonNode at(String document, ContractField field, ObjectNode fields) {
        JsonNode at = fields;
        for (String step : steps(document, field)) {
            at = at.path(step);
        }
        return at;
    }

    /** The same message with another value in a field. */
    ObjectNode with(String document, ContractField field, ObjectNode fields, String value) {
        List<String> steps = steps(document, field);
        ObjectNode changed = fields.deepCopy();
        ObjectNode at = changed;
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = at.path(step) instanceof ObjectNode inner ? inner : at.putObject(step);
        }
        at.put(steps.get(steps.size() - 1), value);
        return changed;
    }

    ObjectNode without(String document, ContractField field, ObjectNode fields) {
        List<String> steps = steps(document, field);
        ObjectNode changed = fields.deepCopy();
        JsonNode at = changed;
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = at.path(step);
        }
        if (at instanceof ObjectNode object) {
            object.remove(steps.get(steps.size() - 1));
        }
        return changed;
    }

    private List<String> steps(String document, ContractField field) {
        return List.of(contract.target(document, field).split("\\."));
    }

    private Optional<String> wrong(ContractField field, JsonNode found) {
        String value = found.asString("");
        if (found.isContainer() || value.isBlank()) {
            boolean missing = field.required() && (found.isContainer() ? found.isEmpty() : true);
            return missing ? Optional.of(field.name() + " is required and empty") : Optional.empty();
        }
        if (length(value) > field.most()) {
            return Optional.of("%s has %d %s and may have %d"
                    .formatted(field.name(), length(value), isBytes() ? "bytes" : "characters", field.most()));
        }
        if (field.codes()
                .filter(table -> !contract.locals(table).contains(value))
                .isPresent()) {
            return Optional.of("%s is no code of the table %s"
                    .formatted(field.name(), field.codes().get()));
        }
        return field.date()
                .filter(pattern -> !isWritten(pattern, value))
                .map(pattern -> "%s is not written as %s".formatted(field.name(), pattern));
    }

    private static boolean isWritten(String pattern, String value) {
        try {
            DateTimeFormatter.ofPattern(pattern).parse(value);
            return true;
        } catch (DateTimeException otherwise) {
            return false;
        }
    }

    /** As the contract counts it. */
    int length(String text) {
        return isBytes() ? text.getBytes(GB18030).length : text.length();
    }

    private boolean isBytes() {
        return contract.protocol() == ContractProtocol.FIXED_WIDTH;
    }

    /** A text that fills a field. */
    String longest(ContractField field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; length(text.toString() + LONG.charAt(i % LONG.length())) <= field.most(); i++) {
            text.append(LONG.charAt(i % LONG.length()));
        }
        return text + "x".repeat(field.most() - length(text.toString()));
    }

    /** What stands in a field, and more of it than may. */
    String tooLong(ContractField field, String value) {
        String last = value.isEmpty() ? "9" : value.substring(value.length() - 1);
        return value + last.repeat(Math.max(1, field.most() + 1 - length(value)));
    }

    /** A code that the table of a field has not. */
    Optional<String> unknownCode(ContractField field) {
        List<String> known = contract.locals(field.codes().orElseThrow());
        return Stream.of("ZZZ", "ZZ", "Z", "9", "0", "X")
                .filter(code -> code.length() <= field.most() && !known.contains(code))
                .findFirst();
    }
}
