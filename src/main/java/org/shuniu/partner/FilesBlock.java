package org.shuniu.partner;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shuniu.fault.BlockReader;
import org.springframework.util.unit.DataSize;

/** Reads the key {@code files} of a partner.yaml: what is sent and received as files. */
final class FilesBlock {

    private static final String FILES = "files";
    private static final Set<String> KEYS =
            Set.of("known-hosts", "deadline", "charset", "line-end", "send", "receive", "count");
    private static final Set<String> SEND_KEYS =
            Set.of("directory", "name", "header", "trailer", "marker", "at", "days", "most-rows");
    private static final Set<String> RECEIVE_KEYS =
            Set.of("directory", "name", "header", "trailer", "marker", "overdue", "largest");
    private static final String COLUMNS = "columns";
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration OVERDUE = Duration.ofMinutes(30);
    private static final int MOST_ROWS = 10_000;
    private static final String LARGEST = "16MB";
    private static final LineTemplate STAND_IN = new LineTemplate("{number}");

    private final BlockReader block;

    FilesBlock(BlockReader block) {
        this.block = block;
    }

    FileExchange read() {
        block.requireKeys(FILES, KEYS);
        block.requireKeys("files.send", SEND_KEYS);
        block.requireKeys("files.receive", RECEIVE_KEYS);
        if (block.has(FILES, "count")) {
            block.requireKeys("files.count", RECEIVE_KEYS);
        }
        return new FileExchange(
                Path.of(block.text(FILES, "known-hosts")),
                block.duration(DEADLINE, FILES, "deadline"),
                charset(),
                lineEnd(),
                sending(),
                receiving("receive"),
                block.has(FILES, "count") ? Optional.of(receiving("count")) : Optional.empty());
    }

    private FileExchange.Sending sending() {
        LineTemplate name = template("send", "name").orElseGet(() -> missing("files.send.name"));
        if (!name.has("number")) {
            block.fault("files.send.name", "a name that every batch would share", "a place {number}");
        }
        return new FileExchange.Sending(
                directory("send"),
                name,
                frame("send"),
                marker("send"),
                times(),
                block.number(MOST_ROWS, FILES, "send", "most-rows"));
    }

    private FileExchange.Receiving receiving(String way) {
        FileExchange.Frame frame = frame(way);
        Optional<String> marker = marker(way);
        if (marker.isEmpty() && frame.trailer().isEmpty()) {
            block.fault(
                    "files." + way,
                    "neither trailer nor marker",
                    "one of them, since nothing else tells a whole file from half of one");
        }
        return new FileExchange.Receiving(
                directory(way),
                block.text(FILES, way, "name"),
                frame,
                marker,
                block.duration(OVERDUE, FILES, way, "overdue"),
                largest(way));
    }

    private LineTemplate missing(String key) {
        block.fault(key, "nothing", "a name with a place {number}");
        return STAND_IN;
    }

    private String directory(String way) {
        return block.text(FILES, way, "directory");
    }

    private FileExchange.Frame frame(String way) {
        boolean columns = block.at(FILES, way, "header").asString("").equals(COLUMNS);
        return new FileExchange.Frame(
                columns, columns ? Optional.empty() : template(way, "header"), template(way, "trailer"));
    }

    private Optional<LineTemplate> template(String way, String key) {
        if (!block.has(FILES, way, key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LineTemplate(block.text(FILES, way, key)));
        } catch (IllegalArgumentException unknown) {
            block.fault("files.%s.%s".formatted(way, key), unknown.getMessage(), "a text such as T{count:8}");
            return Optional.empty();
        }
    }

    private Optional<String> marker(String way) {
        return block.has(FILES, way, "marker") ? Optional.of(block.text(FILES, way, "marker")) : Optional.empty();
    }

    private BatchTimes times() {
        if (block.at(FILES, "send", "at").asString("").equals("always")) {
            return BatchTimes.always();
        }
        List<LocalTime> times = new ArrayList<>();
        for (String time : block.strings(FILES, "send", "at")) {
            try {
                times.add(LocalTime.parse(time));
            } catch (DateTimeParseException malformed) {
                block.fault("files.send.at", "no time of the day", "always, or a list such as [\"23:00\"]");
            }
        }
        if (times.isEmpty()) {
            block.fault("files.send.at", "no time", "always, or a list such as [\"23:00\"]");
        }
        String days = block.has(FILES, "send", "days") ? block.text(FILES, "send", "days") : "every";
        if (!Set.of("every", "working").contains(days)) {
            block.fault("files.send.days", "an unknown word", "every or working");
        }
        return new BatchTimes(times, days.equals("working"));
    }

    private String lineEnd() {
        String word = block.has(FILES, "line-end") ? block.text(FILES, "line-end") : "crlf";
        if (!Set.of("crlf", "lf").contains(word)) {
            block.fault("files.line-end", "an unknown word", "crlf or lf");
        }
        return word.equals("lf") ? "\n" : "\r\n";
    }

    private Charset charset() {
        try {
            return block.has(FILES, "charset") ? Charset.forName(block.text(FILES, "charset")) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            block.fault("files.charset", "an unknown charset", "a charset such as UTF-8 or GB18030");
            return StandardCharsets.UTF_8;
        }
    }

    private long largest(String way) {
        String text = block.at(FILES, way, "largest").asString(LARGEST);
        try {
            return DataSize.parse(text).toBytes();
        } catch (IllegalArgumentException malformed) {
            block.fault("files.%s.largest".formatted(way), "no size", "a size such as 16MB");
            return 1;
        }
    }
}
