package org.shuniu.document;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Item;
import tools.jackson.databind.JsonNode;

/** What a schema can't say about a canonical document: real dates, check digits, codes in force on the day of application. */
public final class DocumentChecks {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

    private static final Set<String> OF_CENTRES = new TreeSet<>(Set.of("posted", "arrived"));

    private final Catalogue catalogue;
    private final Clock clock;

    public DocumentChecks(Catalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** All findings; what is missing or of the wrong kind is left to the schema, so that both can be reported together. */
    public List<Finding> check(String document, JsonNode tree) {
        Findings findings = new Findings(tree);
        LocalDateTime now = LocalDateTime.now(clock.withZone(CaseTimes.SHANGHAI));
        PersonChecks persons = new PersonChecks(catalogue, findings, now.toLocalDate());
        switch (document) {
            case "application" -> application(findings, persons, now);
            case "supplement" -> {
                LocalDate day = time(findings, "/supplementTime", now);
                persons.check("/applicant");
                certificates(findings, persons, day).check(type -> true);
            }
            case "showing" -> {
                certificates(findings, persons, now.toLocalDate()).check("/certificate");
                persons.check("/holder");
            }
            case "withdrawal" -> {
                time(findings, "/withdrawalTime", now);
                persons.check("/by");
            }
            case "paper" -> {
                time(findings, "/paperTime", now);
                findings.unless(
                        OF_CENTRES.contains(findings.text("/step")),
                        "/step",
                        "paper",
                        "a centre's own step: " + OF_CENTRES);
                findings.unless(findings.has("/centre"), "/centre", "required", "the centre that says so");
            }
            case "status" -> {
                time(findings, "/statusTime", now);
                state(findings, false);
            }
            case "result" -> {
                time(findings, "/resultTime", now);
                state(findings, true);
            }
            default -> throw new IllegalArgumentException("no checks for document " + document);
        }
        return findings.list();
    }

    private void application(Findings findings, PersonChecks persons, LocalDateTime now) {
        LocalDate day = time(findings, "/applicationTime", now);
        new ApplicationChecks(catalogue, findings, day).check();
        persons.check("/applicant");
        persons.check("/agent");
        List<String> taken = catalogue
                .item(findings.text("/itemCode"), day)
                .map(Item::requiredCertificates)
                .orElse(List.of());
        certificates(findings, persons, day).check(taken::contains);
    }

    private CertificateChecks certificates(Findings findings, PersonChecks persons, LocalDate day) {
        return new CertificateChecks(catalogue.table("certificates"), findings, persons, day);
    }

    /** Returns the day of the document, today where its time says none. */
    private static LocalDate time(Findings findings, String pointer, LocalDateTime now) {
        if (!findings.has(pointer)) {
            return now.toLocalDate();
        }
        LocalDateTime time = CaseTimes.parse(findings.text(pointer)).orElse(null);
        if (time == null) {
            findings.add(
                    pointer, "date-time", "a real date and time: YYYYMMDDThhmmss, YYYYMMDDhhmmss, YYYYMMDDhh:mm:ss");
            return now.toLocalDate();
        }
        findings.unless(
                !time.isAfter(now.plus(CLOCK_TOLERANCE)),
                pointer,
                "future",
                "a time at most 10 minutes after the hub's clock");
        return time.toLocalDate();
    }

    private static void state(Findings findings, boolean result) {
        boolean known = !findings.has("/status")
                || CaseState.find(findings.text("/status"))
                        .filter(state -> !result || state.mayBeResult())
                        .isPresent();
        findings.unless(
                known,
                "/status",
                "code-table",
                result ? "a state that ends the work" : "a code of set hub in case-status.csv");
    }
}
