package org.shuniu.handbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The project's documents, each at its path in the project, and their images.
 *
 * <p>What there is, is decided once, at the start: nothing else is ever opened, whatever is asked for. The documents come with the hub,
 * so that they are those of its version wherever it runs; only what is said of a partner is read where its mappings are.
 */
public final class Handbook {

    /** A heading that was looked for. */
    public record Found(Article article, Article.Heading heading) {}

    /** Where the build puts them. */
    private static final String ROOT = "handbook/";

    private static final String ABOUT = "README.md";

    /** In this order they are listed; what is said of single partners comes last. */
    private static final List<String> PARTS = List.of(
            ABOUT,
            "docs/",
            "routes/",
            "mappings/README.md",
            "exchange/",
            "docker/",
            "src/",
            "mappings/canonical/",
            "mappings/catalogue/");

    /** Links to other places that are shown. */
    private static final Set<String> OUTSIDE = Set.of("http", "https", "mailto");

    private final Map<String, Article> articles;
    private final Map<String, Resource> images;
    private final String address;

    private Handbook(Map<String, Article> articles, Map<String, Resource> images, String address) {
        this.articles = articles;
        this.images = images;
        this.address = address;
    }

    /**
     * Reads all of it.
     *
     * @param mappings the folder whose partners' READMEs are shown in place of those that come with the hub
     * @param address under which it is shown, with a slash at its end
     */
    public static Handbook load(Path mappings, String address) {
        try {
            Map<String, Resource> files = new HashMap<>(comingWithTheHub());
            files.putAll(ofPartners(mappings));
            return of(files, address);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The documents cannot be read", unreadable);
        }
    }

    private static Map<String, Resource> comingWithTheHub() throws IOException {
        Map<String, Resource> files = new HashMap<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:" + ROOT + "**/*.*")) {
            String place = file.getURL().toString();
            files.put(place.substring(place.lastIndexOf("/" + ROOT) + 1 + ROOT.length()), file);
        }
        return files;
    }

    private static Map<String, Resource> ofPartners(Path mappings) throws IOException {
        Map<String, Resource> files = new HashMap<>();
        if (Files.isDirectory(mappings)) {
            try (Stream<Path> folders = Files.list(mappings)) {
                folders.map(folder -> folder.resolve(ABOUT))
                        .filter(Files::isRegularFile)
                        .forEach(file -> files.put(
                                "mappings/%s/%s".formatted(file.getParent().getFileName(), ABOUT),
                                new FileSystemResource(file)));
            }
        }
        return files;
    }

    static Handbook of(Map<String, Resource> files, String address) throws IOException {
        Map<String, Resource> images = new HashMap<>(files);
        images.keySet().removeIf(path -> !path.endsWith(".png"));
        Map<String, Article> articles = new TreeMap<>(
                Comparator.comparingInt(Handbook::part).thenComparing(Comparator.naturalOrder()));
        Handbook handbook = new Handbook(articles, images, address);
        for (Map.Entry<String, Resource> file : files.entrySet()) {
            String path = file.getKey();
            if (path.endsWith(".md")) {
                String text = file.getValue().getContentAsString(StandardCharsets.UTF_8);
                articles.put(
                        path, Writer.write(path, text, target -> handbook.address(files.keySet()::contains, path, target)));
            }
        }
        return handbook;
    }

    private static int part(String path) {
        for (int i = 0; i < PARTS.size(); i++) {
            if (path.startsWith(PARTS.get(i))) {
                return i;
            }
        }
        return PARTS.size();
    }

    /** Where the target of a link in a document is; empty for a file that is not shown. */
    private String address(Predicate<String> isShown, String from, String target) {
        URI there;
        try {
            there = URI.create(target);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
        if (there.isAbsolute() || there.getAuthority() != null) {
            return OUTSIDE.contains(String.valueOf(there.getScheme())) ? target : "";
        }
        if (there.getPath().isEmpty()) {
            return target;
        }
        String path = URI.create("/" + from).resolve(there.getPath()).normalize().getPath().substring(1);
        String fragment = there.getFragment() == null ? "" : "#" + there.getFragment();
        return Stream.of(path, path.isEmpty() || path.endsWith("/") ? path + ABOUT : path + "/" + ABOUT)
                .filter(isShown)
                .findFirst()
                .map(file -> address + file + fragment)
                .orElse("");
    }

    /** All documents, in order. */
    public List<Article> articles() {
        return List.copyOf(articles.values());
    }

    /** What the project is. */
    public Optional<Article> first() {
        return articles().stream().findFirst();
    }

    /** The document of a path. */
    public Optional<Article> article(String path) {
        return Optional.ofNullable(articles.get(path));
    }

    /** An image, in PNG. */
    public Optional<byte[]> image(String path) throws IOException {
        Resource image = images.get(path);
        return image == null ? Optional.empty() : Optional.of(image.getContentAsByteArray());
    }

    /** Headings in which all words stand, whatever their case. */
    public List<Found> find(String words, int most) {
        List<String> wanted = Stream.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        List<Found> found = new ArrayList<>();
        for (Article article : wanted.isEmpty() ? List.<Article>of() : articles()) {
            article.headings().stream()
                    .filter(heading -> wanted.stream()
                            .allMatch(heading.text().toLowerCase(Locale.ROOT)::contains))
                    .map(heading -> new Found(article, heading))
                    .forEach(found::add);
        }
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }
}
