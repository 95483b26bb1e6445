package org.shuniu.handbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Makes an article of a document in Markdown. */
final class Writer {

    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();

    private Writer() {}

    /** @param addresses where the target of a link or an image is in the hub; empty for nowhere */
    static Article write(String path, String markdown, UnaryOperator<String> addresses) {
        Node document = PARSER.parse(markdown);
        document.accept(new Links(addresses));
        Headings headings = new Headings();
        document.accept(headings);
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(TABLES)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .attributeProviderFactory(context -> (node, tag, attributes) ->
                        Optional.ofNullable(headings.slugs.get(node)).ifPresent(slug -> attributes.put("id", slug)))
                .build();
        String title = headings.found.isEmpty() ? path : headings.found.get(0).text();
        return new Article(path, title, headings.found, renderer.render(document));
    }

    /** Leads links to where their targets are in the hub; of one that leads nowhere its words stay. */
    private static final class Links extends AbstractVisitor {

        private final UnaryOperator<String> addresses;

        Links(UnaryOperator<String> addresses) {
            this.addresses = addresses;
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String address = addresses.apply(link.getDestination());
            if (address.isEmpty()) {
                unwrap(link);
            } else {
                link.setDestination(address);
            }
        }

        @Override
        public void visit(Image image) {
            String address = addresses.apply(image.getDestination());
            // Nothing is loaded from elsewhere: nobody outside learns who reads.
            if (address.startsWith("/")) {
                image.setDestination(address);
            } else {
                unwrap(image);
            }
        }

        private static void unwrap(Node node) {
            for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
                node.insertBefore(child);
            }
            node.unlink();
        }
    }

    private static final class Headings extends AbstractVisitor {

        private final Slugs names = new Slugs();
        private final Map<Node, String> slugs = new HashMap<>();
        private final List<Article.Heading> found = new ArrayList<>();

        @Override
        public void visit(Heading heading) {
            Words words = new Words();
            heading.accept(words);
            String text = words.said.toString();
            String slug = names.of(text);
            slugs.put(heading, slug);
            found.add(new Article.Heading(heading.getLevel(), text, slug));
        }
    }

    private static final class Words extends AbstractVisitor {

        private final StringBuilder said = new StringBuilder();

        @Override
        public void visit(Text text) {
            said.append(text.getLiteral());
        }

        @Override
        public void visit(Code code) {
            said.append(code.getLiteral());
        }
    }
}
