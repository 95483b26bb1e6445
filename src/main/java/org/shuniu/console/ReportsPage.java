package org.shuniu.console;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Centre;
import org.shuniu.catalogue.Item;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.report.CaseReports;
import org.shuniu.report.Report;
import org.shuniu.report.ReportPeriod;
import org.shuniu.report.ReportProperties;
import org.shuniu.report.ReportQuestion;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How many cases came, what became of them and how long that took; the address says what is asked and can be shared. */
@Controller
final class ReportsPage {

    /** What a filter may be set to. */
    private record Choice(String code, String name) {

        public String text() {
            return code + " " + name;
        }
    }

    /** Lines of a chart; its table has them all. */
    private static final int DRAWN = 30;
    /** How far behind the record sums may be before the page warns, beside two looks. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final CaseReports reports;
    private final PartnerDirectory partners;
    private final Catalogue catalogue;
    private final AuditLog audit;
    private final Visitors visitors;
    private final Shown shown;
    private final Clock clock;
    private final Duration behind;
    private final ReportForm form;
    private final ReportNames names;

    ReportsPage(
            CaseReports reports,
            PartnerDirectory partners,
            Catalogue catalogue,
            AuditLog audit,
            Visitors visitors,
            Shown shown,
            Clock clock,
            ReportProperties settings) {
        this.reports = reports;
        this.partners = partners;
        this.catalogue = catalogue;
        this.audit = audit;
        this.visitors = visitors;
        this.shown = shown;
        this.clock = clock;
        this.behind = BEHIND.plus(settings.every().multipliedBy(2));
        this.form = new ReportForm(partners, catalogue);
        this.names = new ReportNames(shown, catalogue);
    }

    @GetMapping("/reports")
    String report(@RequestParam Map<String, String> typed, Model model, HttpServletResponse response) {
        ConsoleUser who = visitors.with(Right.METADATA);
        ReportForm.Asked asked = asked(typed, who);
        ReportQuestion question = asked.question();
        model.addAttribute("q", question);
        model.addAttribute("problems", asked.problems());
        choices(model, question);
        if (asked.problems().isEmpty()) {
            answer(model, question);
        } else {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        }
        return "console/reports";
    }

    private void answer(Model model, ReportQuestion question) {
        Report report = reports.answer(question);
        model.addAttribute("rows", rows(question, report));
        model.addAttribute("total", total(report));
        model.addAttribute("any", report.total().any());
        model.addAttribute("groups", ReportColumn.Group.values());
        model.addAttribute("drawn", DRAWN);
        model.addAttribute("wholeAt", report.wholeAt());
        model.addAttribute("behind", isBehind(report));
        model.addAttribute("limited", question.partners() != null);
    }

    @GetMapping("/reports.csv")
    ResponseEntity<byte[]> csv(@RequestParam Map<String, String> typed) {
        return file(
                typed,
                "csv",
                "text/csv;charset=UTF-8",
                (question, report) -> sheet(question, report).csv());
    }

    @GetMapping("/reports.xlsx")
    ResponseEntity<byte[]> xlsx(@RequestParam Map<String, String> typed) {
        return file(
                typed,
                "xlsx",
                XLSX,
                (question, report) -> sheet(question, report).xlsx(about(question, report)));
    }

    private ResponseEntity<byte[]> file(
            Map<String, String> typed, String kind, String type, BiFunction<ReportQuestion, Report, byte[]> content) {
        ConsoleUser who = visitors.with(Right.METADATA);
        ReportForm.Asked asked = asked(typed, who);
        if (!asked.problems().isEmpty()) {
            return refused(asked.problems());
        }
        ReportQuestion question = asked.question();
        return file(question, kind, type, content.apply(question, exported(who, question, kind)));
    }

    /** In words and no file: half of what was asked for looks like all of it. */
    private ResponseEntity<byte[]> refused(List<AddressFields.Problem> problems) {
        String said = problems.stream()
                .map(problem -> shown.word(problem.key(), problem.values().toArray()))
                .collect(Collectors.joining("\n", "", "\n"));
        return ResponseEntity.badRequest()
                .header(HttpHeaders.CONTENT_TYPE, "text/plain;charset=UTF-8")
                .body(said.getBytes(StandardCharsets.UTF_8));
    }

    private ReportForm.Asked asked(Map<String, String> typed, ConsoleUser who) {
        return form.read(typed, who, LocalDate.ofInstant(clock.instant(), CaseTimes.SHANGHAI));
    }

    /** In the audit before anything of it is given away. */
    private Report exported(ConsoleUser who, ReportQuestion question, String kind) {
        audit.record(
                who.name(),
                "report-exported",
                "reports",
                "%s by %s from %s to %s department '%s' item '%s' centre '%s' province '%s' as %s"
                        .formatted(
                                question.period().word(),
                                question.by().word(),
                                question.from(),
                                question.to(),
                                shown(question.department()),
                                shown(question.item()),
                                shown(question.centre()),
                                shown(question.province()),
                                kind));
        return reports.answer(question);
    }

    private static String shown(@Nullable String filter) {
        return filter == null ? "all" : filter;
    }

    private boolean isBehind(Report report) {
        return report.wholeAt() == null
                || report.wholeAt().isBefore(Instant.now().minus(behind));
    }

    private List<ReportSheet.Row> rows(ReportQuestion question, Report report) {
        return report.lines().stream().map(line -> names.row(question, line)).toList();
    }

    private ReportSheet.Row total(Report report) {
        return new ReportSheet.Row("", shown.word("reports.total"), report.total());
    }

    private ReportSheet sheet(ReportQuestion question, Report report) {
        return new ReportSheet(rows(question, report), total(report), notes(question, report), key -> shown.word(key));
    }

    /** What whoever opens a file must know of its figures; whose they are by name, since the file may be handed on. */
    private List<String> notes(ReportQuestion question, Report report) {
        List<String> notes = new ArrayList<>();
        if (question.partners() != null) {
            notes.add(shown.word(
                    "reports.only",
                    question.partners().stream().sorted().map(shown::partner).collect(Collectors.joining("; "))));
        }
        if (report.wholeAt() == null) {
            notes.add(shown.word("reports.never"));
        } else if (isBehind(report)) {
            notes.add(shown.word("reports.behind", shown.time(report.wholeAt())));
        }
        return notes;
    }

    private List<String> about(ReportQuestion question, Report report) {
        List<String> about = new ArrayList<>();
        about.add(shown.word(
                "reports.about." + question.period().word(),
                ReportNames.time(question.period(), question.from()),
                ReportNames.time(question.period(), question.to())));
        about.add(shown.word("reports.by") + ": "
                + shown.word("reports.by." + question.by().word()));
        filter(about, "department", question.department(), shown::partner);
        filter(about, "item", question.item(), code -> names.item(code, question.to()));
        filter(about, "centre", question.centre(), code -> names.centre(code, question.to()));
        filter(about, "province", question.province(), names::province);
        if (!isBehind(report)) {
            about.add(shown.word("reports.at", shown.time(report.wholeAt())));
        }
        about.addAll(notes(question, report));
        for (String word : List.of("cases", "time", "within", "limit")) {
            about.add(shown.word("reports.note." + word));
        }
        return about;
    }

    private void filter(List<String> about, String field, @Nullable String value, UnaryOperator<String> name) {
        if (value != null) {
            about.add(shown.word("reports.by." + field) + ": " + name.apply(value));
        }
    }

    private static ResponseEntity<byte[]> file(ReportQuestion question, String kind, String type, byte[] content) {
        String name = "shuniu-%s-%s-%s-%s.%s"
                .formatted(
                        question.by().word(),
                        question.period().word(),
                        ReportNames.time(question.period(), question.from()),
                        ReportNames.time(question.period(), question.to()),
                        kind);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.US_ASCII)
                                .build()
                                .toString())
                .body(content);
    }

    private void choices(Model model, ReportQuestion question) {
        LocalDate day = question.to();
        model.addAttribute("periods", ReportPeriod.values());
        model.addAttribute("ways", ReportQuestion.By.values());
        model.addAttribute(
                "departments",
                partners.all().stream()
                        .filter(partner -> partner.department().isPresent() || partner.isRegion())
                        .map(Partner::id)
                        .toList());
        model.addAttribute(
                "provinces",
                partners.all().stream()
                        .filter(Partner::isRegion)
                        .map(Partner::id)
                        .toList());
        model.addAttribute(
                "items",
                catalogue.items(day).stream()
                        .sorted(Comparator.comparing(Item::code))
                        .map(item -> new Choice(item.code(), shown.chinese() ? item.nameZh() : item.nameEn()))
                        .toList());
        model.addAttribute(
                "centres",
                catalogue.centres(day).stream()
                        .sorted(Comparator.comparing(Centre::code))
                        .map(centre -> new Choice(centre.code(), centre.nameZh()))
                        .toList());
    }
}
