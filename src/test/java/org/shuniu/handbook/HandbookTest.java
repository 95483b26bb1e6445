package org.shuniu.handbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** The documents as the hub shows them: those of this checkout, chosen as the build chooses them. */
class HandbookTest {

    private static final String ADDRESS = "/docs/";
    private static final Pattern LINK = Pattern.compile("href=\"([^\"#]*)(?:#([^\"]*))?\"");
    private static final Pattern IMAGE = Pattern.compile("<img src=\"([^\"]*)\"");

    @Test
    void hasWhatUsersReadInOrder() throws IOException {
        List<Article> articles = ofThisCheckout().articles();

        assertThat(articles)
                .extracting(Article::path)
                .startsWith(
                        "README.md",
                        "docs/add-a-department.md",
                        "docs/debug-a-stuck-case.md",
                        "docs/restore-a-backup.md",
                        "docs/retention.md",
                        "docs/several-nodes.md",
                        "docs/sizing.md",
                        "docs/threat-model.md",
                        "docs/to-production.md",
                        "routes/README.md",
                        "mappings/README.md")
                .contains(
                        "mappings/catalogue/README.md",
                        "exchange/first-message.md",
                        "docker/README.md",
                        "src/main/java/org/shuniu/exchange/README.md");
        assertThat(articles.get(0).title()).isEqualTo("Shuniu 枢纽");
    }

    @Test
    void leadsEveryLinkToADocumentAndAHeadingThatAreThere() throws IOException {
        Handbook handbook = ofThisCheckout();

        assertThat(handbook.articles()).allSatisfy(article -> {
            Matcher link = LINK.matcher(article.html());
            while (link.find()) {
                if (link.group(1).isEmpty() || link.group(1).startsWith("/")) {
                    assertThat(headings(handbook, article, link.group(1)))
                            .as("%s: %s", article.path(), link.group())
                            .contains(link.group(2) == null ? "" : link.group(2));
                }
            }
        });
    }

    private static List<String> headings(Handbook handbook, Article from, String address) {
        Article there = address.isEmpty()
                ? from
                : handbook.article(address.substring(ADDRESS.length())).orElseThrow();
        return Stream.concat(Stream.of(""), there.headings().stream().map(Article.Heading::slug))
                .toList();
    }

    @Test
    void showsEveryImage() throws IOException {
        Handbook handbook = ofThisCheckout();
        List<String> images = handbook.articles().stream()
                .flatMap(article -> IMAGE.matcher(article.html()).results())
                .map(found -> found.group(1))
                .toList();

        assertThat(images).hasSizeGreaterThan(3);
        for (String image : images) {
            assertThat(image).matches("/docs/docs/[a-z0-9-]+\\.png");
            assertThat(handbook.image(image.substring(ADDRESS.length()))).isPresent();
        }
    }

    @Test
    void opensNothingThatWasNotThereAtItsStart() throws IOException {
        Handbook handbook = ofThisCheckout();

        assertThat(List.of("pom.xml", "../README.md", "routes/../README.md", "/README.md", "LICENSE", "", "docs/"))
                .allSatisfy(path -> {
                    assertThat(handbook.article(path)).isEmpty();
                    assertThat(handbook.image(path)).isEmpty();
                });
    }

    @Test
    void escapesWhatIsNoMarkdown() {
        String html = only("""
                # <b>Bold</b> & all

                <script>alert(1)</script>

                A <i onclick="x()">word</i>, [a trap](javascript:alert%281%29), ![another](data:text/html;base64,AAAA)
                and ![a far one](https://example.org/x.png), [no scheme](//example.org)
                and [a page](https://example.org/?a=1&b=2).
                """).html();

        assertThat(html)
                .doesNotContain("<b>", "<script", "<i ", "javascript:", "data:text", "<img", "\"//")
                .contains("&lt;script&gt;", "href=\"https://example.org/?a=1&amp;b=2\"");
    }

    @Test
    void keepsTheWordsOfALinkThatLeadsNowhere() {
        assertThat(only("See [the **licence**](LICENSE) and [up](../../etc/passwd).")
                        .html())
                .isEqualTo("<p>See the <strong>licence</strong> and up.</p>\n");
    }

    @Test
    void writesTablesAndNamesHeadingsAsCodeHostsDo() {
        Article article = only("""
                # What `users` does: all of it

                ## Why
                ## Why

                | a | b |
                |---|--:|
                | 1 | `2` |
                """);

        assertThat(article.headings())
                .extracting(Article.Heading::slug)
                .containsExactly("what-users-does-all-of-it", "why", "why-1");
        assertThat(article.html())
                .contains("<h2 id=\"why-1\">Why</h2>", "<td align=\"right\"><code>2</code></td>")
                .doesNotContain("style=");
    }

    @Test
    void findsHeadingsByAllWords() throws IOException {
        Handbook handbook = ofThisCheckout();

        assertThat(handbook.find("OUTCOME unknown", 10))
                .extracting(found -> found.heading().text())
                .containsExactly("4. Unknown outcome");
        assertThat(handbook.find("why", 3)).hasSize(3);
        assertThat(handbook.find("  ", 3)).isEmpty();
        assertThat(handbook.find("no such words anywhere", 3)).isEmpty();
    }

    @Test
    void readsWhatIsSaidOfAPartnerWhereItsMappingsAre(@TempDir Path mappings) throws IOException {
        Files.createDirectory(mappings.resolve("thirteenth"));
        Files.writeString(mappings.resolve("thirteenth/README.md"), "# The thirteenth\n\n[language](../README.md)");

        Handbook handbook = Handbook.load(mappings, ADDRESS);

        assertThat(handbook.article("mappings/thirteenth/README.md")
                        .orElseThrow()
                        .title())
                .isEqualTo("The thirteenth");
    }

    @Test
    void showsPartnersThatComeAndChangeAndForgetsThoseThatGo(@TempDir Path mappings) throws IOException {
        Handbook handbook = Handbook.load(mappings, ADDRESS);
        String path = "mappings/fourteenth/README.md";
        assertThat(handbook.article(path)).isEmpty();

        Path file = Files.createDirectory(mappings.resolve("fourteenth")).resolve("README.md");
        Files.writeString(file, "# As it came");
        assertThat(handbook.article(path)).map(Article::title).contains("As it came");
        assertThat(handbook.articles()).extracting(Article::path).contains(path);

        Files.writeString(file, "# As it was changed");
        assertThat(handbook.article(path)).map(Article::title).contains("As it was changed");

        Files.delete(file);
        assertThat(handbook.article(path)).isEmpty();
        assertThat(handbook.articles()).extracting(Article::path).doesNotContain(path);
    }

    @Test
    void leadsToAPartnerThatCame(@TempDir Path mappings) throws IOException {
        Path before = Files.createDirectory(mappings.resolve("thirteenth")).resolve("README.md");
        Files.writeString(before, "[the next](../fourteenth/README.md)");
        Handbook handbook = Handbook.load(mappings, ADDRESS);
        String path = "mappings/thirteenth/README.md";
        assertThat(handbook.article(path).orElseThrow().html()).doesNotContain("href");

        Files.writeString(
                Files.createDirectory(mappings.resolve("fourteenth")).resolve("README.md"), "# The fourteenth");

        assertThat(handbook.article(path).orElseThrow().html())
                .contains("href=\"/docs/mappings/fourteenth/README.md\"");
    }

    @Test
    void showsTheOthersWhereOneCannotBeRead() {
        Resource there = new ByteArrayResource("# There".getBytes(StandardCharsets.UTF_8));
        Handbook handbook = new Handbook(
                Map.of("README.md", there, "docs/away.md", new FileSystemResource(Path.of("no such file.md"))),
                null,
                ADDRESS);

        assertThat(handbook.articles()).extracting(Article::title).containsExactly("There", "docs/away.md");
        assertThat(handbook.article("docs/away.md").orElseThrow().html()).contains("cannot be read");
    }

    private static Article only(String markdown) {
        Resource file = new ByteArrayResource(markdown.getBytes(StandardCharsets.UTF_8));
        return new Handbook(Map.of("README.md", file), null, ADDRESS).first().orElseThrow();
    }

    private static Handbook ofThisCheckout() throws IOException {
        Map<String, Resource> files = new HashMap<>();
        List<PathMatcher> chosen = included();
        try (Stream<Path> all = Stream.of(
                        "README.md", "docs", "routes", "mappings", "exchange", "docker", "src/main/java")
                .flatMap(root -> walk(Path.of(root)))) {
            all.filter(file -> chosen.stream().anyMatch(one -> one.matches(file)))
                    .forEach(file -> files.put(file.toString(), new FileSystemResource(file)));
        }
        return new Handbook(files, null, ADDRESS);
    }

    /** What the pom puts beside the classes. */
    private static List<PathMatcher> included() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        int from = pom.indexOf("<id>handbook</id>");
        String execution = pom.substring(from, pom.indexOf("</execution>", from));
        return Pattern.compile("<include>([^<]+)</include>")
                .matcher(execution)
                .results()
                .map(found -> found.group(1).replace("/**/", "/{,**/}"))
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    private static Stream<Path> walk(Path root) {
        try {
            return Files.walk(root);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
