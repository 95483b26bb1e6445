package org.shuniu.handbook;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names by which headings of one document are linked to, as code hosts make them. */
final class Slugs {

    private final Map<String, Integer> given = new HashMap<>();

    /** Of a heading's text; one that stands there again is numbered. */
    String of(String heading) {
        String plain = heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = given.merge(plain, 1, Integer::sum) - 1;
        return before == 0 ? plain : plain + "-" + before;
    }
}
