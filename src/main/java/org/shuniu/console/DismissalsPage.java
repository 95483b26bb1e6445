package org.shuniu.console;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.shuniu.controlbus.Dismissals;
import org.shuniu.incident.HubProcesses;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The acts that end what is no delivery and waits for a person, each with a reason. */
@Controller
final class DismissalsPage {

    private static final String PARKED = "redirect:/parked";
    private static final String INCIDENTS = "redirect:/incidents";
    private static final String OF_ANSWER = "select partner from message where id = ? and parked_reason is not null";
    private static final String OF_QUESTION = "select receiver as partner from delivery where id = ?";

    private final Dismissals dismissals;
    private final HubProcesses processes;
    private final JdbcTemplate sql;
    private final Visitors visitors;

    DismissalsPage(Dismissals dismissals, HubProcesses processes, Pools pools, Visitors visitors) {
        this.dismissals = dismissals;
        this.processes = processes;
        this.sql = pools.console().sql();
        this.visitors = visitors;
    }

    @PostMapping("/messages/{id}/settle")
    String settle(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        ConsoleUser who = visitor(OF_ANSWER, id);
        told(back, reason, "answer-settled", words -> dismissals.settleAnswer(who.name(), id, words));
        return PARKED;
    }

    @PostMapping("/deliveries/{id}/question/give-up")
    String giveUp(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        ConsoleUser who = visitor(OF_QUESTION, id);
        told(back, reason, "question-given-up", words -> dismissals.giveUpQuestion(who.name(), id, words));
        return PARKED;
    }

    @PostMapping("/deliveries/{id}/question/extend")
    String extend(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes back) {
        ConsoleUser who = visitor(OF_QUESTION, id);
        Optional<Instant> term = DayField.of(until).flatMap(Dismissals::term);
        if (term.isEmpty()) {
            back.addFlashAttribute("problem", "term");
        } else {
            told(
                    back,
                    reason,
                    "question-extended",
                    words -> dismissals.extendQuestion(who.name(), id, term.get(), words));
        }
        return PARKED;
    }

    /** What nobody can read is of no partner, and concerns whoever sees all. */
    @PostMapping("/parked/dead")
    String settleDead(
            @RequestParam(defaultValue = "") String queue,
            @RequestParam(defaultValue = "") String upTo,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes back) {
        ConsoleUser who = ofAll(Right.REPLAY);
        OffsetDateTime newest = moment(upTo);
        told(back, reason, "dead-settled", words -> dismissals.settleDead(who.name(), queue, newest, words) > 0);
        return PARKED;
    }

    @PostMapping("/incidents/processes/{id}/end")
    String endProcess(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        ConsoleUser who = ofAll(Right.STEER);
        told(back, reason, "process-ended", words -> processes.end(who.name(), id, words));
        return INCIDENTS;
    }

    private static void told(RedirectAttributes back, String reason, String word, Predicate<String> act) {
        if (!Reason.isGiven(reason)) {
            back.addFlashAttribute("problem", "reason");
        } else if (act.test(Reason.of(reason))) {
            back.addFlashAttribute("told", word);
        } else {
            back.addFlashAttribute("problem", "waits-no-more");
        }
    }

    private ConsoleUser visitor(String ofWhom, UUID id) {
        visitors.with(Right.REPLAY);
        String partner =
                sql.queryForList(ofWhom, String.class, id).stream().findFirst().orElseThrow(NotHere::new);
        return visitors.with(Right.REPLAY, partner);
    }

    private ConsoleUser ofAll(Right right) {
        ConsoleUser who = visitors.with(right);
        if (who.partners() != null) {
            throw new NotHere();
        }
        return who;
    }

    /** As the page had it; what is none ends nothing. */
    private static OffsetDateTime moment(String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeParseException none) {
            return OffsetDateTime.MIN;
        }
    }
}
