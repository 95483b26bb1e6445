package org.shuniu.signature;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a structured field character by character; what stands twice is refused, though RFC 8941 would let the last win. */
final class StructuredFieldReader {

    private static final int MOST_DIGITS = 15;
    private static final int MOST_WHOLE_DIGITS = 12;
    private static final int MOST_FRACTION_DIGITS = 3;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~:/";

    private final String text;
    private int at;

    StructuredFieldReader(String text) {
        this.text = text;
    }

    LinkedHashMap<String, StructuredField> dictionary() {
        LinkedHashMap<String, StructuredField> members = new LinkedHashMap<>();
        skip(" ");
        while (!ended()) {
            String key = key();
            StructuredField value;
            if (take('=')) {
                value = peek() == '(' ? innerList() : item();
            } else {
                value = new StructuredField.Item(true, parameters());
            }
            if (members.put(key, value) != null) {
                throw malformed("a member that stands twice");
            }
            skip(" \t");
            if (ended()) {
                return members;
            }
            require(',');
            skip(" \t");
            if (ended()) {
                throw malformed("a comma at the end");
            }
        }
        return members;
    }

    StructuredField.Item single() {
        skip(" ");
        StructuredField.Item item = item();
        skip(" ");
        if (!ended()) {
            throw malformed("something after its end");
        }
        return item;
    }

    private StructuredField.InnerList innerList() {
        require('(');
        List<StructuredField.Item> items = new ArrayList<>();
        while (true) {
            skip(" ");
            if (take(')')) {
                return new StructuredField.InnerList(items, parameters());
            }
            items.add(item());
            if (peek() != ' ' && peek() != ')') {
                throw malformed("an inner list that is not closed");
            }
        }
    }

    private StructuredField.Item item() {
        return new StructuredField.Item(bare(), parameters());
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        while (take(';')) {
            skip(" ");
            String key = key();
            if (parameters.put(key, take('=') ? bare() : Boolean.TRUE) != null) {
                throw malformed("a parameter that stands twice");
            }
        }
        return parameters;
    }

    private String key() {
        int start = at;
        if (!isLower(peek()) && peek() != '*') {
            throw malformed("no key where one must stand");
        }
        while (isLower(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private Object bare() {
        char first = peek();
        if (first == '"') {
            return string();
        }
        if (first == ':') {
            return bytes();
        }
        if (first == '?') {
            return flag();
        }
        if (first == '-' || isDigit(first)) {
            return number();
        }
        return token(first);
    }

    private String string() {
        require('"');
        StringBuilder value = new StringBuilder();
        while (!ended()) {
            char letter = text.charAt(at++);
            if (letter == '"') {
                return value.toString();
            }
            if (letter == '\\') {
                letter = peek();
                at++;
                if (letter != '"' && letter != '\\') {
                    throw malformed("an escape that does not exist");
                }
            } else if (letter < ' ' || letter > '~') {
                throw malformed("a character that no string may hold");
            }
            value.append(letter);
        }
        throw malformed("a string that is not closed");
    }

    private byte[] bytes() {
        require(':');
        int end = text.indexOf(':', at);
        if (end < 0) {
            throw malformed("a byte sequence that is not closed");
        }
        String encoded = text.substring(at, end);
        at = end + 1;
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            if (Base64.getEncoder().encodeToString(bytes).equals(encoded)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw malformed("a byte sequence that is not base64");
        }
        throw malformed("a byte sequence that is not canonical base64");
    }

    private Boolean flag() {
        require('?');
        if (take('1')) {
            return Boolean.TRUE;
        }
        require('0');
        return Boolean.FALSE;
    }

    private Object number() {
        int start = at;
        take('-');
        int whole = digits(MOST_DIGITS);
        if (peek() != '.') {
            return Long.valueOf(text.substring(start, at));
        }
        at++;
        if (digits(MOST_FRACTION_DIGITS) == 0 || whole > MOST_WHOLE_DIGITS) {
            throw malformed("a number with too many digits, or none");
        }
        return new BigDecimal(text.substring(start, at));
    }

    private int digits(int most) {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        if (at == start || at - start > most) {
            throw malformed("a number with too many digits, or none");
        }
        return at - start;
    }

    private StructuredField.Token token(char first) {
        if (!isLetter(first) && first != '*') {
            throw malformed("no value where one must stand");
        }
        int start = at;
        while (!ended() && (isLetter(peek()) || isDigit(peek()) || TOKEN_MARKS.indexOf(peek()) >= 0)) {
            at++;
        }
        return new StructuredField.Token(text.substring(start, at));
    }

    private static boolean isLower(char letter) {
        return letter >= 'a' && letter <= 'z';
    }

    private static boolean isLetter(char letter) {
        return isLower(letter) || letter >= 'A' && letter <= 'Z';
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** NUL, which stands nowhere in a field, at the end. */
    private char peek() {
        return ended() ? '\0' : text.charAt(at);
    }

    private boolean ended() {
        return at >= text.length();
    }

    private boolean take(char letter) {
        if (peek() != letter || ended()) {
            return false;
        }
        at++;
        return true;
    }

    private void require(char letter) {
        if (!take(letter)) {
            throw malformed("something else where %s must stand".formatted(letter));
        }
    }

    private void skip(String spaces) {
        while (!ended() && spaces.indexOf(peek()) >= 0) {
            at++;
        }
    }

    private StructuredField.Malformed malformed(String what) {
        return new StructuredField.Malformed("%s, at character %d".formatted(what, at + 1));
    }
}
