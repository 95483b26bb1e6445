package org.shuniu.bench.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.shuniu.signature.ContentDigest;

/** Files that curl uploads, one alone and eight side by side that are as long together. */
public final class Uploads {

    /** Megabytes (1,000,000 bytes) a second. */
    public record Rates(double one, double eight) {}

    private record Content(Path file, byte[] sha256) {}

    private static final int SIDE_BY_SIDE = 8;
    private static final int PIECE = 1 << 20;

    private final long bytes;
    private final Content warm;
    private final Content one;
    private final List<Content> eight = new ArrayList<>();

    private Uploads(Path folder, long bytes) throws IOException {
        this.bytes = bytes;
        Files.createDirectories(folder);
        warm = content(folder.resolve("warm"), bytes / SIDE_BY_SIDE, 1);
        one = content(folder.resolve("one"), bytes, 2);
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            eight.add(content(folder.resolve("eight-" + i), bytes / SIDE_BY_SIDE, 3L + i));
        }
    }

    /** Makes the files, of bytes that nothing can compress. */
    public static Uploads make(Path folder, int mebibytes) throws IOException {
        return new Uploads(folder, (long) mebibytes * PIECE);
    }

    private static Content content(Path file, long length, long seed) throws IOException {
        Random random = new Random(seed);
        MessageDigest sha256 = ContentDigest.begin("sha-256").orElseThrow();
        byte[] piece = new byte[PIECE];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (long left = length; left > 0; left -= PIECE) {
                random.nextBytes(piece);
                int some = (int) Math.min(PIECE, left);
                out.write(piece, 0, some);
                sha256.update(piece, 0, some);
            }
        }
        return new Content(file.toAbsolutePath(), sha256.digest());
    }

    /** Uploads all of them, after one that warms up. */
    public Rates measure(ExchangeSide side) throws IOException, InterruptedException {
        upload(side, List.of(warm));
        double alone = upload(side, List.of(one));
        double together = upload(side, eight);
        return new Rates(bytes / alone / 1e6, bytes / SIDE_BY_SIDE * SIDE_BY_SIDE / together / 1e6);
    }

    /** Returns the seconds until all were there. */
    private static double upload(ExchangeSide side, List<Content> contents) throws IOException, InterruptedException {
        List<List<String>> commands = new ArrayList<>();
        for (Content content : contents) {
            commands.add(command(side, content));
        }
        long from = System.nanoTime();
        List<Process> running = new ArrayList<>();
        for (List<String> command : commands) {
            running.add(new ProcessBuilder(command).redirectErrorStream(true).start());
        }
        for (Process curl : running) {
            String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (curl.waitFor() != 0 || !said.startsWith("2")) {
                throw new IOException("An upload to the %s failed: %s".formatted(side.label(), said));
            }
        }
        return (System.nanoTime() - from) / 1e9;
    }

    private static List<String> command(ExchangeSide side, Content content) throws IOException {
        URI target = URI.create(
                "%s/attachments/sha256:%s".formatted(side.base(), HexFormat.of().formatHex(content.sha256())));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Digest", ContentDigest.field(content.sha256()));
        if (side.isHub()) {
            Messages.sign(
                    fields,
                    "PUT",
                    target,
                    List.of("@method", "@target-uri", "content-digest"),
                    side.papers().regionKey(),
                    UUID.randomUUID().toString());
        }
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "900"));
        command.addAll(List.of("--cert", side.papers().path("region.pem").toString()));
        command.addAll(List.of("--key", side.papers().path("region.key").toString()));
        command.addAll(List.of("--cacert", side.papers().path("ca.pem").toString()));
        fields.forEach((name, value) -> command.addAll(List.of("--header", name + ": " + value)));
        command.addAll(List.of("--upload-file", content.file().toString()));
        command.addAll(List.of("--output", "/dev/null", "--write-out", "%{http_code}", target.toString()));
        return command;
    }
}
