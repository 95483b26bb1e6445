package org.shuniu.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.shuniu.packaged.LiveDirectory;

/** Looks for texts in every file of a directory, in the encodings in which a system may leave them. */
final class DiskScan {

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("GB18030"));

    private final List<String> needles = new ArrayList<>();

    DiskScan(List<String> texts) {
        for (String text : texts) {
            for (Charset charset : CHARSETS) {
                needles.add(latin(text.getBytes(charset)));
                for (int shift = 0; shift < 3; shift++) {
                    needles.add(base64(text.getBytes(charset), shift));
                }
            }
        }
    }

    /** The part of the base64 form that is the same whatever stands around the text. */
    private static String base64(byte[] text, int shift) {
        byte[] shifted = new byte[shift + text.length];
        System.arraycopy(text, 0, shifted, shift, text.length);
        String form = Base64.getEncoder().encodeToString(shifted);
        return form.substring((shift * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    List<Path> holders(Path directory) {
        return LiveDirectory.files(directory).stream().filter(this::holds).toList();
    }

    private boolean holds(Path file) {
        try {
            String content = latin(Files.readAllBytes(file));
            return needles.stream().anyMatch(content::contains);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("A file was not looked into", unreadable);
        }
    }
}
