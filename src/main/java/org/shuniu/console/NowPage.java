package org.shuniu.console;

import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The live picture; its moving part is fetched again every few seconds. */
@Controller
final class NowPage {

    private final Picture picture;
    private final UrgentIncidents incidents;
    private final Visitors visitors;

    NowPage(Picture picture, UrgentIncidents incidents, Visitors visitors) {
        this.picture = picture;
        this.incidents = incidents;
        this.visitors = visitors;
    }

    @GetMapping("/")
    String now(Model model) {
        picture(model);
        return "console/now";
    }

    @GetMapping("/live")
    String live(Model model) {
        picture(model);
        return "console/now :: live";
    }

    private void picture(Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        var lines = picture.lines(who);
        model.addAttribute("lines", lines);
        model.addAttribute("urgent", incidents.with(picture.urgent(who), who));
        model.addAttribute("sums", Sums.of(lines.values()));
        model.addAttribute("at", Instant.now());
    }
}
