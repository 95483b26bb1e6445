package org.shuniu.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hub and the shell kit come to the same verdict on every published case. */
class ExchangeVectorsTest {

    private static final Path VECTORS = Path.of("exchange/vectors");
    private static final Pattern CREATED = Pattern.compile(";created=(\\d+)");

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(VECTORS)) {
            return folders
                    .filter(folder -> folder.getFileName().toString().matches("\\d\\d-.*"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<Path> signed() throws IOException {
        return cases().filter(folder -> !Files.exists(folder.resolve("order")));
    }

    @ParameterizedTest
    @MethodSource("signed")
    void comesToTheVerdictOfTheCase(Path folder) {
        String expected = text(folder.resolve("verdict")).strip();

        assertThat(Files.exists(folder.resolve("chain")) ? chain(folder) : message(folder))
                .isEqualTo(expected);
    }

    @Test
    void isSharedByTheShellKit() throws IOException, InterruptedException {
        Process kit = new ProcessBuilder("sh", "exchange/chx.sh", "vectors")
                .redirectErrorStream(true)
                .start();
        String said = new String(kit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(kit.waitFor()).as(said).isZero();
        assertThat(said.lines()).hasSize((int) cases().count()).allMatch(line -> line.startsWith("ok "));
    }

    private static String message(Path folder) {
        List<String> head = text(folder.resolve("head")).lines().toList();
        Map<String, List<String>> fields = new HashMap<>();
        head.stream()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .forEach(field -> fields.put(field[0].toLowerCase(Locale.ROOT), List.of(field[1])));
        String[] first = head.get(0).split(" ");
        SignedMessage message = first.length == 1
                ? SignedMessage.answer(Integer.parseInt(first[0]), fields)
                : SignedMessage.request(first[0], URI.create(first[1]), fields);
        String keyid = text(folder.resolve("key")).strip();
        VerifyingKey key = VerifyingKey.of(
                keyid, text(VECTORS.resolve("keys").resolve(keyid + ".pub")), Instant.EPOCH, Instant.MAX);
        Matcher created = CREATED.matcher(fields.get("signature-input").get(0));
        assertThat(created.find()).isTrue();
        try {
            MessageVerifier.Verified verified = new MessageVerifier(id -> Optional.of(key), Duration.ofSeconds(1))
                    .verify(
                            message,
                            first.length == 1 ? Set.of("@status") : Set.of("@method", "@target-uri"),
                            Instant.ofEpochSecond(Long.parseLong(created.group(1))));
            assertThat(verified.base()).isEqualTo(text(folder.resolve("base")));
            if (Files.exists(folder.resolve("body"))) {
                ContentDigest.check(fields.get("content-digest"), bytes(folder.resolve("body")));
            }
            return "valid";
        } catch (SignatureRefused refusal) {
            return refusal.name();
        }
    }

    private static String chain(Path folder) {
        byte[] before = new byte[32];
        int number = 0;
        for (String line : text(folder.resolve("chain")).lines().toList()) {
            number++;
            String[] words = line.split(" ");
            byte[] prev = (HexFormat.of().formatHex(before) + "\n").getBytes(StandardCharsets.US_ASCII);
            byte[] step = Base64.getDecoder().decode(words[1]);
            byte[] both = Arrays.copyOf(prev, prev.length + step.length);
            System.arraycopy(step, 0, both, prev.length, step.length);
            before = ContentDigest.sm3(both);
            if (!HexFormat.of().formatHex(before).equals(words[0])) {
                return "broken at line " + number;
            }
        }
        return "valid";
    }

    private static String text(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
