package org.shuniu.catalogue;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** On which line of a CSV file something is, and what all such files must keep. */
public final class CsvLines {

    /** Some programs begin a file with it; it would be a part of the first column's name. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    public static final String MARKED =
            "it begins with a byte order mark; expected UTF-8 without one (spreadsheets call the other 'CSV UTF-8')";

    private static final Pattern LINE = Pattern.compile("line (\\d{1,9})");

    private CsvLines() {}

    /** Where the row begins that can't be read; the first line where that is not known. */
    public static long of(CsvParseException malformed) {
        Matcher line = LINE.matcher(String.valueOf(malformed.getMessage()));
        return line.find() ? Long.parseLong(line.group(1)) : 1;
    }

    /** The first line that begins with this code, or the first of all. */
    public static long of(Path file, String code) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 1; i < lines.size(); i++) {
                if (lines.get(i).startsWith(code + ",")) {
                    return i + 1L;
                }
            }
            return 1;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
