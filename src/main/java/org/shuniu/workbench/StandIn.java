package org.shuniu.workbench;

import java.lang.Character.UnicodeScript;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.shuniu.document.CaseTimes;

/** What stands in the place of a value: of the same length and kind, accepted by what accepts the value, and the same for all of its shape. */
final class StandIn {

    private static final String HAN = "测试甲乙丙丁";
    private static final String DIGITS = "1234567890";
    private static final String LETTERS = "ABCDEFGHJKLMNPQRTUWXY";
    /** One that GB 2312 has not, one beyond the first plane: what can't write the value can't write these. */
    private static final int SELDOM = "㛃".codePointAt(0);

    private static final int BEYOND = "𬭊".codePointAt(0);
    private static final Charset USUAL = Charset.forName("GB2312");
    private static final int FULL_WIDTH = '！' - '!';
    private static final String MOMENT = "20260102030405";
    private static final String LONG_AGO = "19491231030405";
    /** Made up, with right check characters. */
    private static final String CITIZEN = "110105194912310011";

    private static final String ORGANISATION = "91310000MA1AAAAA0P";
    private static final Pattern TIME = Pattern.compile("[0-9]{4}[-/.年]?[0-9]{2}[-/.月]?[0-9]{2}日?"
            + "([T ]?[0-9]{2}[:时]?[0-9]{2}[:分]?([0-9]{2}秒?)?([.][0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})?)?");
    private static final String DIVISION = "310101002001";
    private static final int LENGTH_OF_DAY = 8;

    /** The first that fits a value says what takes its place. */
    private static final Map<Pattern, UnaryOperator<String>> KNOWN = known();

    private StandIn() {}

    private static Map<Pattern, UnaryOperator<String>> known() {
        Map<Pattern, UnaryOperator<String>> known = new LinkedHashMap<>();
        known.put(Pattern.compile("[1-9][0-9]{5}(18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx]"), value -> CITIZEN);
        known.put(Pattern.compile("[1-9][0-9]{5}[0-9]{2}[01][0-9][0-3][0-9]{4}"), value -> "110105491231001");
        known.put(Pattern.compile("1[3-9][0-9]{9}"), value -> "13900000000");
        known.put(Pattern.compile("(?=.*[A-Z])[0-9A-HJ-NPQRTUWXY]{18}"), value -> ORGANISATION);
        known.put(
                Pattern.compile("0[0-9]{2}-?[0-9]{8}"), value -> value.contains("-") ? "021-62345678" : "02162345678");
        known.put(Pattern.compile("(19|20)[0-9]{2}[-/.年](0[1-9]|1[0-2])月?"), value -> inPlaces(value, MOMENT));
        known.put(Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), StandIn::uuid);
        known.put(Pattern.compile("(sha256:)?[0-9a-f]{64}"), StandIn::digest);
        return known;
    }

    static String of(String value) {
        for (Map.Entry<Pattern, UnaryOperator<String>> kind : KNOWN.entrySet()) {
            if (kind.getKey().matcher(value).matches()) {
                return kind.getValue().apply(value);
            }
        }
        String digits = value.replaceAll("[^0-9]", "");
        if (isTime(value, digits)) {
            return inPlaces(value, digits.compareTo("2010") < 0 ? LONG_AGO : MOMENT);
        }
        return value.matches("[1-8]([0-9]{5}|[0-9]{8}|[0-9]{11})")
                ? DIVISION.substring(0, value.length())
                : letterByLetter(value);
    }

    /** As many digits, and as many of them behind the point. */
    static BigDecimal of(BigDecimal value) {
        BigDecimal standIn = new BigDecimal(letterByLetter(value.toPlainString()));
        return standIn.signum() == 0 ? BigDecimal.ONE : standIn;
    }

    private static String uuid(String value) {
        return "01940000-0000-7000-8000-00000000000a";
    }

    private static String digest(String value) {
        return (value.startsWith("sha256:") ? "sha256:" : "") + "ab".repeat(32);
    }

    /** A day or a moment in any usual notation, with or without parts of a second and an offset. */
    private static boolean isTime(String value, String digits) {
        return TIME.matcher(value).matches()
                && CaseTimes.parseDate(digits.substring(0, LENGTH_OF_DAY)).isPresent();
    }

    /** The digits of a moment in the places of those of a value, and zeros for what is beyond the seconds. */
    private static String inPlaces(String value, String moment) {
        StringBuilder written = new StringBuilder();
        int next = 0;
        for (char letter : value.toCharArray()) {
            if (letter < '0' || letter > '9') {
                written.append(letter);
            } else {
                written.append(next < moment.length() ? moment.charAt(next++) : '0');
            }
        }
        return written.toString();
    }

    private static String letterByLetter(String value) {
        StringBuilder written = new StringBuilder();
        CharsetEncoder usual = USUAL.newEncoder();
        int[] letters = value.codePoints().toArray();
        for (int i = 0; i < letters.length; i++) {
            written.appendCodePoint(letter(letters[i], i, usual));
        }
        return written.toString();
    }

    private static int letter(int letter, int place, CharsetEncoder usual) {
        if (letter > '~' && letter - FULL_WIDTH >= '!' && letter - FULL_WIDTH <= '~') {
            return letter(letter - FULL_WIDTH, place, usual) + FULL_WIDTH;
        }
        if (letter >= '0' && letter <= '9') {
            return DIGITS.charAt(place % DIGITS.length());
        }
        if (letter < 0x80) {
            boolean small = Character.isLowerCase(letter);
            int other = LETTERS.charAt(place % LETTERS.length());
            return !Character.isLetter(letter) ? letter : small ? Character.toLowerCase(other) : other;
        }
        return ofOtherScripts(letter, place, usual);
    }

    private static int ofOtherScripts(int letter, int place, CharsetEncoder usual) {
        if (UnicodeScript.of(letter) == UnicodeScript.HAN) {
            return letter > Character.MAX_VALUE
                    ? BEYOND
                    : usual.canEncode((char) letter) ? HAN.charAt(place % HAN.length()) : SELDOM;
        }
        if (Character.isLetterOrDigit(letter) || letter > Character.MAX_VALUE) {
            return letter > Character.MAX_VALUE ? BEYOND : 'é';
        }
        return letter;
    }
}
