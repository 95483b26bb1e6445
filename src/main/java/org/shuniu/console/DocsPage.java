package org.shuniu.console;

import java.io.IOException;
import org.shuniu.handbook.Article;
import org.shuniu.handbook.Handbook;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The project's documents, for everybody who may come in: what they say is no secret, and who looks for help has it here. */
@Controller
final class DocsPage {

    /** Before the path of a document. */
    static final String ADDRESS = "/docs/";

    private static final int MOST_FOUND = 50;
    private static final int LONGEST = 100;

    private final Handbook handbook;
    private final Visitors visitors;

    DocsPage(Handbook handbook, Visitors visitors) {
        this.handbook = handbook;
        this.visitors = visitors;
    }

    @GetMapping("/docs")
    String docs(@RequestParam(defaultValue = "") String q, Model model) {
        visitors.with(Right.METADATA);
        String asked = q.length() > LONGEST ? q.substring(0, LONGEST) : q;
        model.addAttribute("asked", asked);
        if (!asked.isBlank()) {
            model.addAttribute("found", handbook.find(asked, MOST_FOUND));
        }
        return show(handbook.first().orElseThrow(NotHere::new), model);
    }

    @GetMapping("/docs/{*path}")
    String article(@PathVariable String path, Model model) {
        visitors.with(Right.METADATA);
        model.addAttribute("asked", "");
        return show(handbook.article(path.substring(1)).orElseThrow(NotHere::new), model);
    }

    @GetMapping("/docs/docs/{image:[a-z0-9-]+\\.png}")
    ResponseEntity<byte[]> image(@PathVariable String image) throws IOException {
        visitors.with(Right.METADATA);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .body(handbook.image("docs/" + image).orElseThrow(NotHere::new));
    }

    private String show(Article article, Model model) {
        model.addAttribute("articles", handbook.articles());
        model.addAttribute("article", article);
        return "console/docs";
    }
}
