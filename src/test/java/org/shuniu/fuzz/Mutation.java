package org.shuniu.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Spoils what is valid, in the same way again for the same number: bits and bytes, values and their types, keys that are
 * doubled or gone, depth, charsets, and parts of another valid one.
 */
public final class Mutation {

    /** Beyond what any entry takes, and short enough for very many of them. */
    private static final int LARGEST = 300 * 1024;

    private static final int MOST_CHANGES = 4;

    /** One that is looked at beyond this would have its patterns sought in very much that is all alike. */
    private static final int LARGEST_PATTERN = 8 * 1024;

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern TEXT = Pattern.compile("(?<=\")[^\"\\\\]*(?=\")|(?<=>)[^<>]+(?=<)|(?<==)[^&=]+");
    private static final Pattern VALUE = Pattern.compile("(?<=:)\\s*(?:\"[^\"\\\\]*\"|-?\\d+|true|false|null)");
    private static final Pattern MEMBER = Pattern.compile(
            "\"[^\"\\\\]*\"\\s*:\\s*(?:\"[^\"\\\\]*\"|\\d+)\\s*,|<([A-Za-z]+)>[^<>]*</\\1>|[^&=]{1,64}=[^&=]{0,256}&|[^\\n]{0,128}\\n");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "-0",
            "01",
            "1.5",
            ".5",
            "1e999999999",
            "1E-999999999",
            "1000E2147483647",
            "1e400",
            "1.7976931348623159e308",
            "NaN",
            "Infinity",
            "9007199254740993",
            "9223372036854775808",
            "9".repeat(101),
            "9".repeat(5_000),
            "１２３",
            "0x10");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\\u0000",
            "\\ud800",
            "\\udc00\\ud800",
            "\\n\\r\\t",
            "null",
            "2026-02-30",
            "20261332T256199",
            "99991231235959",
            "999999999-12-31T23:59:59Z",
            "00000000-0000-0000-0000-000000000000",
            "${jndi:ldap://127.0.0.1:1/a}",
            "#{T(java.lang.Runtime).getRuntime()}",
            "${bean:settlement}",
            "' or 1=1 --",
            "=cmd|' /C calc'!A0",
            "../../etc/passwd",
            "<!--",
            "&lt;a&gt;",
            "&#0;",
            "&#xD800;",
            "%00%",
            "%E5%BC",
            "𠮷㛃e\u0301",
            "\u202E\uFEFF\uFFFE",
            "甲".repeat(2_000),
            "a".repeat(70_000));

    private static final List<String> TYPES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[null]",
            "[[1]]",
            "{\"a\":{}}",
            "\"\"",
            "0",
            "1e5",
            "[\"a\",\"b\"]",
            "{\"\":1}");

    private static final List<String> TOKENS = List.of(
            "\0",
            "\u001b[31m",
            "\u00ed\u00a0\u0080",
            "\u00c0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00ef\u00bb\u00bf",
            "\u00fe\u00ff",
            "]]>",
            "<![CDATA[",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
            "&b;",
            "<?xml version=\"1.1\"?>",
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
            "<a xmlns:b=\"\"/>",
            "<b:a/>",
            " xsi:nil=\"true\"",
            " a=\"1\" a=\"2\"",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            ";",
            "=",
            "&",
            "%",
            "'",
            "\r",
            "\n",
            "\r\n\r\n",
            "\"@class\":\"java.lang.Runtime\",",
            "/*",
            "#");

    private static final List<String> OPENERS = List.of("[", "{\"a\":", "<a>", "(", "\"", "((\"a\";b=", "<a b='");
    private static final List<Integer> DEPTHS = List.of(2, 31, 33, 101, 1_000, 20_000);
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.ISO_8859_1,
            Charset.forName("GB18030"),
            Charset.forName("UTF-32"));

    private final SplittableRandom random;
    private final List<byte[]> valid;
    private final List<UnaryOperator<byte[]>> changes = List.of(
            this::flipped,
            this::truncated,
            this::shortened,
            this::repeated,
            this::noisy,
            bytes -> inserted(bytes, latin(one(TOKENS))),
            bytes -> replaced(bytes, NUMBER, one(NUMBERS)),
            bytes -> replaced(bytes, TEXT, one(TEXTS)),
            bytes -> replaced(bytes, VALUE, one(TYPES)),
            this::doubledOrGone,
            // Once more: these come furthest.
            bytes -> replaced(bytes, NUMBER, one(NUMBERS)),
            bytes -> replaced(bytes, TEXT, one(TEXTS)),
            bytes -> replaced(bytes, VALUE, one(TYPES)),
            this::doubledOrGone,
            this::deeper,
            this::recoded,
            this::crossed);

    private Mutation(long number, List<byte[]> valid) {
        this.random = new SplittableRandom(number);
        this.valid = valid;
    }

    /**
     * One of those that are valid, spoilt.
     *
     * @param number of which it is made, alone
     */
    public static byte[] of(long number, List<byte[]> valid) {
        return new Mutation(number, valid).make();
    }

    private byte[] make() {
        byte[] bytes = one(valid);
        // Most have one: what is spoilt in many places is refused at the first.
        for (int left = random.nextInt(4) == 0 ? 1 + random.nextInt(MOST_CHANGES) : 1; left > 0; left--) {
            bytes = one(changes).apply(bytes);
        }
        return bytes.length > LARGEST ? Arrays.copyOf(bytes, LARGEST) : bytes;
    }

    private <T> T one(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    private int place(byte[] bytes) {
        return random.nextInt(bytes.length + 1);
    }

    private byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int left = bytes.length == 0 ? 0 : 1 + random.nextInt(8); left > 0; left--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private byte[] truncated(byte[] bytes) {
        return Arrays.copyOf(bytes, place(bytes));
    }

    private byte[] shortened(byte[] bytes) {
        int from = place(bytes);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
        return joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private byte[] repeated(byte[] bytes) {
        int from = place(bytes);
        byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(64)));
        int times = 1 + random.nextInt(random.nextInt(8) == 0 ? 2_000 : 4);
        byte[] several = new byte[part.length * times];
        for (int at = 0; at < several.length; at++) {
            several[at] = part[at % part.length];
        }
        return inserted(bytes, several);
    }

    private byte[] noisy(byte[] bytes) {
        byte[] noise = new byte[1 + random.nextInt(32)];
        random.nextBytes(noise);
        return inserted(bytes, noise);
    }

    private byte[] inserted(byte[] bytes, byte[] more) {
        int at = place(bytes);
        return joined(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private byte[] replaced(byte[] bytes, Pattern what, String with) {
        return places(bytes, what)
                .map(found -> joined(
                        Arrays.copyOf(bytes, found.start()),
                        with.getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(bytes, found.end(), bytes.length)))
                .orElse(bytes);
    }

    private byte[] doubledOrGone(byte[] bytes) {
        boolean gone = random.nextBoolean();
        return places(bytes, MEMBER)
                .map(found -> joined(
                        Arrays.copyOf(bytes, gone ? found.start() : found.end()),
                        Arrays.copyOfRange(bytes, gone ? found.end() : found.start(), bytes.length)))
                .orElse(bytes);
    }

    private Optional<MatchResult> places(byte[] bytes, Pattern what) {
        String text = new String(bytes, 0, Math.min(bytes.length, LARGEST_PATTERN), StandardCharsets.ISO_8859_1);
        List<MatchResult> found = what.matcher(text).results().toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(one(found));
    }

    private byte[] deeper(byte[] bytes) {
        String opener = one(OPENERS);
        return inserted(bytes, latin(opener.repeat(Math.min(one(DEPTHS), LARGEST / opener.length()))));
    }

    private byte[] recoded(byte[] bytes) {
        return new String(bytes, one(CHARSETS)).getBytes(one(CHARSETS));
    }

    /** The beginning of this one and the end of another. */
    private byte[] crossed(byte[] bytes) {
        byte[] other = one(valid);
        return joined(Arrays.copyOf(bytes, place(bytes)), Arrays.copyOfRange(other, place(other), other.length));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
