package org.shuniu.scaffold;

import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Texts as values of YAML. */
final class Yaml {

    /** What YAML reads as this very text, also within braces. */
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{IsHan}A-Za-z](?:[\\p{IsHan}A-Za-z0-9 _./()（）-]*[\\p{IsHan}A-Za-z0-9)）])?");
    /** Which YAML reads as something else than a text. */
    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private Yaml() {}

    static String text(String text) {
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()
                ? text
                : JsonMapper.shared().writeValueAsString(text);
    }
}
