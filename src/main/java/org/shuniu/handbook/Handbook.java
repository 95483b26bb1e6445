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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    private final Map<String, Resource> files;
    private final String address;
    private @Nullable Map<String, Article> written;

    Handbook(Map<String, Resource> files, String address) {
        this.files = Map.copyOf(files);
        this.address = address;
    }

    /**
     * Lists what there is; it is read when somebody first looks, and not while the hub starts.
     *
     * @param mappings the folder whose partners' READMEs are shown in place of those that come with the hub
     * @param address under which it is shown, with a slash at its end
     */
    public static Handbook load(Path mappings, String address) {
        try {
            Map<String, Resource> files = new HashMap<>(comingWithTheHub());
            files.putAll(ofPartners(mappings));
            return new Handbook(files, address);
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

    private synchronized Map<String, Article> written() {
        if (written == null) {
            Map<String, Article> articles =
                    new TreeMap<>(Comparator.comparingInt(Handbook::part).thenComparing(Comparator.naturalOrder()));
            files.forEach((path, file) -> {
                if (path.endsWith(".md")) {
                    articles.put(path, Writer.write(path, text(file), target -> address(path, target)));
                }
            });
            written = articles;
        }
        return written;
    }

    private static String text(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The document %s cannot be read".formatted(file), unreadable);
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
    private String address(String from, String target) {
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
                .filter(files::containsKey)
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
        return Optional.ofNullable(written().get(path));
    }

    /** An image, in PNG. */
    public Optional<byte[]> image(String path) throws IOException {
        Resource image = path.endsWith(IMAGE) ? files.get(path) : null;
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
