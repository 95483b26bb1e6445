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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The project's documents, each at its path in the project, and their images.
 *
 * <p>They are listed before one is opened: nothing else ever is, whatever is asked for. The documents come with the hub, so that they
 * are those of its version wherever it runs; only what is said of a partner is read where its mappings are, as it stands there.
 */
public final class Handbook {

    /** A heading that was looked for. */
    public record Found(Article article, Article.Heading heading) {}

    private static final Logger LOG = LoggerFactory.getLogger(Handbook.class);

    /** Where the build puts them. */
    private static final String ROOT = "handbook/";

    private static final String IMAGE = ".png";
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

    private final Map<String, Resource> coming;
    private final @Nullable Path mappings;
    private final String address;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    /**
     * An article of a file as it was.
     *
     * @param state of the file and of what there is, which is another when one was changed
     */
    private record Read(String state, Article article) {}

    Handbook(Map<String, Resource> coming, @Nullable Path mappings, String address) {
        this.coming = Map.copyOf(coming);
        this.mappings = mappings;
        this.address = address;
    }

    /**
     * Lists what comes with the hub; it is read when somebody first looks, and not while the hub starts.
     *
     * @param mappings the folder whose partners' READMEs are shown in place of those that come with the hub
     * @param address under which it is shown, with a slash at its end
     */
    public static Handbook load(Path mappings, String address) {
        try {
            return new Handbook(comingWithTheHub(), mappings, address);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The documents cannot be listed", unreadable);
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

    /** A partner may have come or gone since somebody last looked. */
    private Map<String, Resource> files() {
        Map<String, Resource> files = new HashMap<>(coming);
        if (mappings != null && Files.isDirectory(mappings)) {
            try (Stream<Path> folders = Files.list(mappings)) {
                folders.map(folder -> folder.resolve(ABOUT))
                        .filter(Files::isRegularFile)
                        .forEach(file -> files.put(
                                "mappings/%s/%s".formatted(file.getParent().getFileName(), ABOUT),
                                new FileSystemResource(file)));
            } catch (IOException unreadable) {
                LOG.warn("The partners' documents in {} cannot be listed", mappings, unreadable);
            }
        }
        return files;
    }

    private Map<String, Article> written() {
        Map<String, Resource> files = files();
        Map<String, Article> articles =
                new TreeMap<>(Comparator.comparingInt(Handbook::part).thenComparing(Comparator.naturalOrder()));
        files.forEach((path, file) -> {
            if (path.endsWith(".md")) {
                articles.put(path, article(path, file, files.keySet()));
            }
        });
        read.keySet().retainAll(articles.keySet());
        return articles;
    }

    private Article article(String path, Resource file, Set<String> all) {
        return read.compute(path, (same, before) -> {
                    // Its links lead to what else there is.
                    String state = "%s %d".formatted(state(file), all.hashCode());
                    return before != null && before.state().equals(state)
                            ? before
                            : new Read(state, write(path, file, all));
                })
                .article();
    }

    /** What comes with the hub never changes. */
    private static String state(Resource file) {
        try {
            return file.isFile() ? "%d %d".formatted(file.lastModified(), file.contentLength()) : "";
        } catch (IOException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    /** One that nobody can read says so, and leaves the others as they are. */
    private Article write(String path, Resource file, Set<String> all) {
        try {
            return Writer.write(
                    path, file.getContentAsString(StandardCharsets.UTF_8), target -> address(path, target, all));
        } catch (IOException unreadable) {
            LOG.warn("The document {} cannot be read", file, unreadable);
            return new Article(path, path, List.of(), "<p>This document cannot be read; the hub's log says why.</p>");
        }
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
    private String address(String from, String target, Set<String> all) {
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
        String path = URI.create("/" + from)
                .resolve(there.getPath())
                .normalize()
                .getPath()
                .substring(1);
        String fragment = there.getFragment() == null ? "" : "#" + there.getFragment();
        return Stream.of(path, path.isEmpty() || path.endsWith("/") ? path + ABOUT : path + "/" + ABOUT)
                .filter(all::contains)
                .findFirst()
                .map(file -> address + file + fragment)
                .orElse("");
    }

    /** All documents, in order. */
    public List<Article> articles() {
        return List.copyOf(written().values());
    }

    /** What the project is. */
    public Optional<Article> first() {
        return articles().stream().findFirst();
    }

    /** The document of a path. */
    public Optional<Article> article(String path) {
        Map<String, Resource> files = files();
        return path.endsWith(".md") && files.containsKey(path)
                ? Optional.of(article(path, files.get(path), files.keySet()))
                : Optional.empty();
    }

    /** An image, in PNG. */
    public Optional<byte[]> image(String path) throws IOException {
        Resource image = path.endsWith(IMAGE) ? coming.get(path) : null;
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
                    .filter(heading -> wanted.stream().allMatch(heading.text().toLowerCase(Locale.ROOT)::contains))
                    .map(heading -> new Found(article, heading))
                    .forEach(found::add);
        }
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }
}
