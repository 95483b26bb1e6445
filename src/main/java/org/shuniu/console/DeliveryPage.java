package org.shuniu.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.vault.BodyErased;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One delivery side by side: the message as received, as it was translated, and as its receiver answered; what differs is marked. */
@Controller
final class DeliveryPage {

    /**
     * One of the documents.
     *
     * @param kind {@code received}, {@code corrected}, {@code translated} or {@code answered}
     * @param problem why there is none, or null
     */
    record Column(
            String kind,
            @Nullable String detail,
            List<LaidOut.Line> lines,
            @Nullable String problem) {}

    /**
     * A document before it is decided how much of it is shown.
     *
     * @param document what kind of the hub's own it is, or null where it is a partner's
     */
    private record Leaf(
            String kind,
            @Nullable String detail,
            @Nullable LaidOut text,
            @Nullable String document,
            @Nullable String problem) {

        static Leaf none(String kind, String problem) {
            return new Leaf(kind, null, null, null, problem);
        }

        static Leaf ofPartner(String kind, @Nullable String mediaType, byte[] body) {
            return new Leaf(kind, mediaType, LaidOut.of(body), null, null);
        }

        static Leaf ofTheHub(String kind, DeliveryFile.Sent sent, byte[] body) {
            return new Leaf(kind, null, LaidOut.of(body), sent.delivery().document(), null);
        }
    }

    private final DeliveryFile deliveries;
    private final CaseFinder cases;
    private final CaseLife life;
    private final Looks looks;
    private final Visitors visitors;
    private final FieldNames names;

    DeliveryPage(
            DeliveryFile deliveries,
            CaseFinder cases,
            CaseLife life,
            Looks looks,
            Visitors visitors,
            FieldNames names) {
        this.deliveries = deliveries;
        this.cases = cases;
        this.life = life;
        this.looks = looks;
        this.visitors = visitors;
        this.names = names;
    }

    /** Whoever may know of the case sees how its message is built; what a receiver got and said is for those of that receiver's flow. */
    @GetMapping("/deliveries/{id}")
    String delivery(@PathVariable UUID id, Model model) {
        DeliveryFile.Sent sent = deliveries.find(id).orElseThrow(NotHere::new);
        ConsoleUser who = visitors.with(Right.METADATA);
        cases.visible(who, sent.caseNo()).orElseThrow(NotHere::new);
        return show(who, sent, false, "", model);
    }

    @PostMapping("/deliveries/{id}/body")
    String open(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        ConsoleUser who = visitors.with(Right.BODY);
        DeliveryFile.Sent sent = deliveries.find(id).orElseThrow(NotHere::new);
        if (!who.sees(sent.delivery().receiver())) {
            throw new NotHere();
        }
        boolean told = Reason.isGiven(reason);
        boolean allowed = told && looks.allow(who.name(), id.toString(), Reason.of(reason));
        if (allowed) {
            Looks.cover(response, "/deliveries/" + id);
        }
        return show(who, sent, allowed, allowed ? "" : told ? "limit" : "reason", model);
    }

    private String show(ConsoleUser who, DeliveryFile.Sent sent, boolean open, String refused, Model model) {
        boolean concerned = who.sees(sent.delivery().receiver());
        Optional<DeliveryFile.By> by = deliveries.by(sent);
        List<DeliveryFile.Answered> answers = concerned ? deliveries.answers(sent) : List.of();
        model.addAttribute("sent", sent);
        model.addAttribute("by", by.orElse(null));
        model.addAttribute("columns", columns(concerned ? leaves(sent, by, answers) : leavesForOthers(sent), open));
        model.addAttribute("answers", answers);
        model.addAttribute(
                "steps",
                life.stepsOf(
                        sent.caseNo(), sent.delivery().id(), sent.delivery().messageId()));
        model.addAttribute("masked", !open);
        model.addAttribute("refused", refused);
        model.addAttribute("most", looks.most());
        return "console/delivery";
    }

    private List<Leaf> leaves(
            DeliveryFile.Sent sent, Optional<DeliveryFile.By> by, List<DeliveryFile.Answered> answers) {
        List<Leaf> leaves = own(sent);
        leaves.add(by.map(used -> unlessErased("translated", () -> translated(deliveries.written(sent, used))))
                .orElseGet(() -> Leaf.none("translated", "not-yet")));
        leaves.add(answers.stream()
                .findFirst()
                .map(answer -> unlessErased(
                        "answered",
                        () -> Leaf.ofPartner("answered", answer.mediaType(), deliveries.opened(sent, answer))))
                .orElseGet(() -> Leaf.none("answered", "no-answer")));
        return leaves;
    }

    private List<Leaf> leavesForOthers(DeliveryFile.Sent sent) {
        List<Leaf> leaves = own(sent);
        Stream.of("translated", "answered").forEach(kind -> leaves.add(Leaf.none(kind, "not-yours")));
        return leaves;
    }

    /** What is the hub's own. */
    private List<Leaf> own(DeliveryFile.Sent sent) {
        List<Leaf> leaves = new ArrayList<>();
        leaves.add(unlessErased("received", () -> Leaf.ofTheHub("received", sent, deliveries.received(sent))));
        if (sent.corrected() != null) {
            leaves.add(unlessErased(
                    "corrected",
                    () -> Leaf.ofTheHub(
                            "corrected", sent, deliveries.corrected(sent).orElseThrow())));
        }
        return leaves;
    }

    private static Leaf unlessErased(String kind, Supplier<Leaf> leaf) {
        try {
            return leaf.get();
        } catch (BodyErased erased) {
            return Leaf.none(kind, "erased");
        }
    }

    /** Each is marked where it differs from the one before, and what was received where it goes on otherwise. */
    private List<Column> columns(List<Leaf> leaves, boolean open) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            LaidOut beside = leaves.get(i == 0 ? 1 : i - 1).text();
            columns.add(column(leaves.get(i), beside, open));
        }
        return columns;
    }

    private static Leaf translated(DeliveryFile.Written written) {
        return written.body() == null
                ? new Leaf("translated", written.problem(), null, null, "impossible")
                : Leaf.ofPartner("translated", written.mediaType(), written.body());
    }

    private Column column(Leaf leaf, @Nullable LaidOut beside, boolean open) {
        if (leaf.text() == null) {
            return new Column(leaf.kind(), leaf.detail(), List.of(), leaf.problem());
        }
        List<LaidOut.Line> lines = open
                ? leaf.text().open(beside)
                : leaf.text()
                        .covered(
                                beside,
                                leaf.document(),
                                leaf.document() == null ? FieldNames.ofAPartner() : names.ofTheHub());
        return new Column(leaf.kind(), leaf.detail(), lines, lines.isEmpty() ? "covered" : null);
    }
}
