package org.shuniu.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of columns whose widths are counted in bytes.
 *
 * <p>A line whose widths were counted in characters, or that lost the blanks at its end, is read where only one reading
 * puts every value at the beginning of its column.
 */
record FixedWidthCodec(Charset charset, List<Column> columns) implements Codec {

    /**
     * A column.
     *
     * @param width in bytes
     * @param right whether the value stands at its right end, filled with zeros, and not at its left, filled with blanks
     */
    record Column(String name, int width, boolean right) {}

    private static final byte BLANK = ' ';
    private static final Pattern GAP = Pattern.compile(" {4}");

    FixedWidthCodec {
        columns = List.copyOf(columns);
    }

    private int width() {
        return columns.stream().mapToInt(Column::width).sum();
    }

    @Override
    public String mediaType() {
        return "text/plain; charset=" + charset.name();
    }

    @Override
    public boolean isRow() {
        return true;
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        List<String> names = columns.stream().map(Column::name).toList();
        for (String name : tree.propertyNames()) {
            if (!names.contains(name)) {
                throw new Garbled("'%s' is no column; expected one of %s".formatted(name, names));
            }
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(width());
        columns.forEach(column -> line.writeBytes(filled(column, tree.path(column.name()))));
        return line.toByteArray();
    }

    private byte[] filled(Column column, JsonNode value) {
        String text = value.asString("");
        if (value.isContainer() || text.chars().anyMatch(Character::isISOControl)) {
            throw new Garbled("column %s: expected one value without control characters".formatted(column.name()));
        }
        Text.requireEncodable(text, charset);
        byte[] bytes = text.getBytes(charset);
        if (bytes.length > column.width()) {
            throw new Garbled(
                    "column %s: %d bytes; expected at most %d".formatted(column.name(), bytes.length, column.width()));
        }
        byte[] filled = new byte[column.width()];
        Arrays.fill(filled, column.right() ? (byte) '0' : BLANK);
        System.arraycopy(bytes, 0, filled, column.right() ? filled.length - bytes.length : 0, bytes.length);
        return filled;
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        String text = withoutLineEnd(Text.decode(bytes, charset));
        byte[] line = text.getBytes(charset);
        Optional<ObjectNode> byBytes = line.length <= width() ? byBytes(line) : Optional.empty();
        Optional<ObjectNode> byCharacters = byCharacters(text);
        boolean asAgreed = line.length == width() && byBytes.isPresent();
        if (asAgreed || byCharacters.isEmpty() || byBytes.equals(byCharacters)) {
            return byBytes.orElseThrow(() -> unreadable(line, text));
        }
        if (byBytes.isPresent()) {
            throw unreadable(line, text);
        }
        return byCharacters.get();
    }

    /** Looks at each character once, however many there are: an expression would begin anew at each line end within. */
    private static String withoutLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\r' || text.charAt(end - 1) == '\n')) {
            end--;
        }
        return text.substring(0, end);
    }

    private Garbled unreadable(byte[] line, String text) {
        return new Garbled("a line of %d bytes and %d characters; expected %d bytes"
                .formatted(line.length, characters(text), width()));
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private Optional<ObjectNode> byBytes(byte[] shorter) {
        byte[] line = Arrays.copyOf(shorter, width());
        Arrays.fill(line, shorter.length, line.length, BLANK);
        List<String> values = new ArrayList<>();
        int at = 0;
        try {
            for (Column column : columns) {
                values.add(Text.decode(Arrays.copyOfRange(line, at, at + column.width()), charset));
                at += column.width();
            }
            return tree(values);
        } catch (Garbled cutInTwo) {
            return Optional.empty();
        }
    }

    private Optional<ObjectNode> byCharacters(String text) {
        int missing = width() - characters(text);
        if (missing < 0) {
            return Optional.empty();
        }
        String line = text + " ".repeat(missing);
        List<String> values = new ArrayList<>();
        int at = 0;
        for (Column column : columns) {
            int end = line.offsetByCodePoints(at, column.width());
            values.add(line.substring(at, end));
            at = end;
        }
        return tree(values);
    }

    /** Nothing where the values show that the columns are not where they should be. */
    private Optional<ObjectNode> tree(List<String> values) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < values.size(); i++) {
            Column column = columns.get(i);
            String value = values.get(i).stripTrailing();
            if (value.startsWith(" ") || GAP.matcher(value).find() || column.right() && !fills(column, value)) {
                return Optional.empty();
            }
            if (!value.isEmpty()) {
                tree.put(column.name(), column.right() ? value.replaceFirst("^0+(?=.)", "") : value);
            }
        }
        return Optional.of(tree);
    }

    private static boolean fills(Column column, String value) {
        return value.isEmpty() || value.length() == column.width();
    }
}
