package org.shuniu.scaffold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A text with words such as {@code @partner@} that are filled in; YAML, JSON and Camel's own braces stay as they are. */
public final class Template {

    private static final String FOLDER = "org/shuniu/scaffold/";
    private static final Pattern WORD = Pattern.compile("@([a-z][a-z-]*)@");

    private Template() {}

    static boolean exists(String name) {
        return new ClassPathResource(FOLDER + name).exists();
    }

    /** @throws IllegalStateException when a word is not given */
    static String filled(String name, Map<String, String> words) {
        return fill(name, text(new ClassPathResource(FOLDER + name)), words);
    }

    /**
     * The same, of a template of another package.
     *
     * @param place of it on the class path
     */
    public static String filledAt(String place, Map<String, String> words) {
        return fill(place, text(new ClassPathResource(place)), words);
    }

    /** Names of the templates of a folder, in order. */
    static List<String> names(String folder) {
        try {
            List<String> names = new ArrayList<>();
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath:" + FOLDER + folder + "/*.*")) {
                names.add(folder + "/" + file.getFilename());
            }
            return names.stream().sorted().toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static String fill(String name, String text, Map<String, String> words) {
        return WORD.matcher(text).replaceAll(found -> {
            String value = words.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("template %s: nothing is known for %s".formatted(name, found.group()));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String text(Resource resource) {
        try {
            return resource.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
