package org.shuniu.batch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.LineTemplate;

/** The bytes of a batch file: its frame, and one line a row. */
public final class BatchFile {

    private static final byte[] NOTHING = {};

    private final FileExchange files;

    public BatchFile(FileExchange files) {
        this.files = files;
    }

    /**
     * What rows must share to stand in one file: the line that names their columns, where there is one.
     *
     * @param row as the mapping wrote it
     */
    public byte[] format(byte[] row) {
        return files.send().frame().columns() ? Lines.of(row).get(0) : NOTHING;
    }

    /** The same rows in the same batch always make the same bytes. */
    public byte[] write(Batch batch, List<byte[]> rows) {
        FileExchange.Frame frame = files.send().frame();
        List<byte[]> lines = new ArrayList<>();
        frame.header().ifPresent(header -> lines.add(text(header, batch)));
        if (frame.columns()) {
            lines.add(Lines.of(rows.get(0)).get(0));
        }
        rows.forEach(row -> lines.add(last(row)));
        frame.trailer().ifPresent(trailer -> lines.add(text(trailer, batch)));
        byte[] end = files.lineEnd().getBytes(files.charset());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            file.writeBytes(line);
            file.writeBytes(end);
        }
        return file.toByteArray();
    }

    private byte[] last(byte[] row) {
        List<byte[]> lines = Lines.of(row);
        return lines.get(lines.size() - 1);
    }

    private byte[] text(LineTemplate template, Batch batch) {
        return template.write(batch.number(), batch.rows(), Batches.city(batch.closedAt()))
                .getBytes(files.charset());
    }

    /** What a partner's file came to. */
    public sealed interface Content {
        /** Whole; each row with all that is needed to read it. */
        record Rows(List<byte[]> rows) implements Content {}

        /** Its end is missing: it is still being written, or was never finished. */
        record Incomplete(String reason) implements Content {}

        /** Whole, and not to be believed. */
        record Wrong(String reason) implements Content {}
    }

    /** Takes a partner's file apart; nothing is read of a file that is not whole. */
    public Content read(byte[] file) {
        FileExchange.Frame frame = files.receive().frame();
        List<byte[]> lines = new ArrayList<>(Lines.of(file));
        byte[] first = NOTHING;
        if (frame.columns() || frame.header().isPresent()) {
            if (lines.isEmpty()) {
                return new Content.Incomplete("its first line is missing");
            }
            first = lines.remove(0);
        }
        Optional<Content> wrong = wrongHeader(frame, first).or(() -> wrongTrailer(frame, lines));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        byte[] names = first;
        return new Content.Rows(
                frame.columns()
                        ? lines.stream().map(line -> joined(names, line)).toList()
                        : List.copyOf(lines));
    }

    private Optional<Content> wrongHeader(FileExchange.Frame frame, byte[] first) {
        return frame.header()
                .filter(header -> !header.fits(text(first)))
                .map(header -> new Content.Wrong("its first line is not as agreed"));
    }

    /** The last line is taken off the others. */
    private Optional<Content> wrongTrailer(FileExchange.Frame frame, List<byte[]> lines) {
        if (frame.trailer().isEmpty()) {
            return Optional.empty();
        }
        String last = lines.isEmpty() ? "" : text(lines.get(lines.size() - 1));
        if (!frame.trailer().get().fits(last)) {
            return Optional.of(new Content.Incomplete("its last line is missing"));
        }
        lines.remove(lines.size() - 1);
        return frame.trailer()
                .get()
                .count(last)
                .filter(count -> count != lines.size())
                .map(count -> new Content.Wrong(
                        "its last line counts %d rows, and %d are there".formatted(count, lines.size())));
    }

    private String text(byte[] line) {
        return new String(line, files.charset());
    }

    private byte[] joined(byte[] names, byte[] line) {
        Charset charset = files.charset();
        byte[] end = files.lineEnd().getBytes(charset);
        byte[] joined = Arrays.copyOf(names, names.length + end.length + line.length);
        System.arraycopy(end, 0, joined, names.length, end.length);
        System.arraycopy(line, 0, joined, names.length + end.length, line.length);
        return joined;
    }
}
