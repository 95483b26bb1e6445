package org.shuniu.signature;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value of a structured field (RFC 8941), as far as signatures need it, and its one canonical text. */
sealed interface StructuredField {

    Map<String, Object> parameters();

    String text();

    /** A bare value: String, Long, BigDecimal, Boolean, byte[] or Token. */
    record Item(Object value, Map<String, Object> parameters) implements StructuredField {
        @Override
        public String text() {
            return bare(value) + parametersText(parameters);
        }
    }

    /** Items in parentheses. */
    record InnerList(List<Item> items, Map<String, Object> parameters) implements StructuredField {
        @Override
        public String text() {
            return "(" + String.join(" ", items.stream().map(Item::text).toList()) + ")" + parametersText(parameters);
        }
    }

    /** A word without quotation marks. */
    record Token(String word) {}

    /** @throws Malformed when it is no dictionary, or names something twice */
    static LinkedHashMap<String, StructuredField> dictionary(String text) {
        return new StructuredFieldReader(text).dictionary();
    }

    /** @throws Malformed when it is no item */
    static Item item(String text) {
        return new StructuredFieldReader(text).single();
    }

    static String parametersText(Map<String, Object> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) -> {
            text.append(';').append(name);
            if (!Boolean.TRUE.equals(value)) {
                text.append('=').append(bare(value));
            }
        });
        return text.toString();
    }

    private static String bare(Object value) {
        if (value instanceof String string) {
            return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        if (value instanceof byte[] bytes) {
            return ':' + Base64.getEncoder().encodeToString(bytes) + ':';
        }
        if (value instanceof Boolean flag) {
            return flag ? "?1" : "?0";
        }
        if (value instanceof BigDecimal number) {
            String plain = number.stripTrailingZeros().toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        return value instanceof Token token ? token.word() : value.toString();
    }

    /** Text that is no structured field. */
    final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what, null, false, false);
        }
    }
}
