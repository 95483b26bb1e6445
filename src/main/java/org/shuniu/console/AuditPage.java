package org.shuniu.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.AuditSearch;
import org.shuniu.document.CaseTimes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what, to what, and when; and who looked. Taking it away as a file is itself in it. */
@Controller
final class AuditPage {

    private static final int SHOWN = 200;
    private static final int EXPORTED = 100_000;

    private final AuditSearch search;
    private final AuditLog audit;
    private final Visitors visitors;

    AuditPage(AuditSearch search, AuditLog audit, Visitors visitors) {
        this.search = search;
        this.audit = audit;
        this.visitors = visitors;
    }

    @GetMapping("/audit")
    String audit(
            @RequestParam(defaultValue = "") String who,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String target,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Model model) {
        visitors.with(Right.AUDIT);
        model.addAttribute("lines", search.newest(filter(who, what, target, from, to), SHOWN));
        model.addAttribute("who", who);
        model.addAttribute("what", what);
        model.addAttribute("target", target);
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        model.addAttribute("most", SHOWN);
        return "console/audit";
    }

    @GetMapping("/audit.csv")
    void export(
            @RequestParam(defaultValue = "") String who,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String target,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            HttpServletResponse response)
            throws IOException {
        ConsoleUser auditor = visitors.with(Right.AUDIT);
        audit.record(
                auditor.name(),
                "audit-exported",
                "audit",
                "who '%s' what '%s' target '%s' from '%s' to '%s'".formatted(who, what, target, from, to));
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"shuniu-audit.csv\"");
        AuditSheet sheet = new AuditSheet(response.getWriter());
        search.each(filter(who, what, target, from, to), EXPORTED, sheet::add);
        // Not after a failure: a file that breaks off must not look whole.
        sheet.close();
    }

    private static AuditSearch.Filter filter(String who, String what, String target, String from, String to) {
        return new AuditSearch.Filter(
                some(who),
                some(what),
                some(target),
                day(from).orElse(null),
                day(to).map(first -> first.plus(Duration.ofDays(1))).orElse(null));
    }

    private static Optional<Instant> day(String text) {
        return DayField.of(text).map(AuditPage::begin);
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(CaseTimes.SHANGHAI).toInstant();
    }

    private static @Nullable String some(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
