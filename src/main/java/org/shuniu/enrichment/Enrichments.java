package org.shuniu.enrichment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.CertificateRule;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Enrich;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Delivery;
import org.shuniu.store.Json;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Content Enricher: holds what names electronic certificates until the library has given a copy of each for this use only.
 *
 * <p>Each step of a use is a message of the hub's own to the library, with a delivery of its own: so the library has its own
 * bulkhead, deadline, schedule and circuit, its failures cost the receiver no attempt, and what needs no certificate goes past.
 * Every method runs in its caller's transaction, under the lock of the case.
 */
public final class Enrichments {

    /**
     * A delivery that may need something of others first.
     *
     * @param document as it was read, or null where the delivery's body is to be opened for it
     */
    public record Need(Delivery delivery, JsonNode document, CaseFile file) {}

    /**
     * What is to be written in place of the deliveries and beside them.
     *
     * @param needless answers whose content nobody may keep
     */
    public record Opened(
            List<StoredMessage> messages, List<Delivery> deliveries, List<CaseEvent> events, List<UUID> needless) {
        static Opened empty() {
            return new Opened(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /**
     * What a library said to a step.
     *
     * @param stepId the message that asked
     * @param content what it gave, or null when it refused
     * @param answer the row that keeps the answer, or null
     */
    public record Answered(UUID stepId, JsonNode content, String reason, UUID answer) {}

    /** Who speaks in a request. */
    private static final String HUB = "hub";

    private final Catalogue catalogue;
    private final PartnerDirectory partners;
    private final Vault vault;
    private final CertificateUses uses;

    public Enrichments(JdbcTemplate sql, Catalogue catalogue, PartnerDirectory partners, Vault vault) {
        this.catalogue = catalogue;
        this.partners = partners;
        this.vault = vault;
        this.uses = new CertificateUses(sql);
    }

    /** Holds the deliveries that name certificates and asks the library for these; the others stay as they are. */
    public Opened open(Collection<Need> needs, Instant now) {
        Opened opened = Opened.empty();
        List<CertificateUse> asked = new ArrayList<>();
        for (Need need : needs) {
            Optional<String> library = library(need.delivery());
            if (library.isEmpty()) {
                opened.deliveries().add(need.delivery());
            } else {
                asked.addAll(open(need, library.get(), now, opened));
            }
        }
        if (!asked.isEmpty()) {
            uses.insert(asked);
        }
        return opened;
    }

    private Optional<String> library(Delivery delivery) {
        return delivery.queue().equals(Delivery.WORK)
                ? partners.find(delivery.receiver()).flatMap(Partner::enrichedBy)
                : Optional.empty();
    }

    private List<CertificateUse> open(Need need, String library, Instant now, Opened opened) {
        JsonNode document = need.document() == null ? read(need.delivery()) : need.document();
        List<CertificateMaterials.Named> named = CertificateMaterials.of(document);
        opened.deliveries().add(need.delivery().awaiting(named.size()));
        List<CertificateUse> asked = new ArrayList<>();
        for (CertificateMaterials.Named one : named) {
            CertificateUse use = use(need.delivery().id(), need.delivery().messageId(), need.file(), library, one, now);
            asked.add(begin(use, document, one, now, opened));
        }
        return asked;
    }

    private CertificateUse begin(
            CertificateUse use, JsonNode document, CertificateMaterials.Named named, Instant now, Opened opened) {
        ask(use, CertificateRequest.of(use, document, named), use.stepId(), now, opened);
        opened.events().add(event(use, "certificate-asked", use.evidence(), now));
        return use;
    }

    /**
     * Asks anew for what may not be used any more: each expired use ends, another one begins for the same document, receiver
     * and purpose, and the delivery is held until its copies are there.
     */
    public Opened renew(UUID delivery, Collection<UUID> expired, CaseFile file, Instant now) {
        Opened opened = Opened.empty();
        List<CertificateUse> asked = new ArrayList<>();
        for (CertificateUses.Expired one : uses.expire(delivery, expired)) {
            CertificateUse old = one.use();
            opened.events().add(event(old, "certificate-expired", old.evidence(), now));
            JsonNode document = Json.tree(vault.open(one.sealedDocument(), "message.body", old.messageId()));
            CertificateMaterials.of(document).stream()
                    .filter(named -> named.place() == old.material())
                    .forEach(named -> asked.add(begin(
                            use(delivery, old.messageId(), file, old.library(), named, now),
                            document,
                            named,
                            now,
                            opened)));
        }
        if (!asked.isEmpty()) {
            uses.insert(asked);
            uses.await(delivery, asked.size());
        }
        return opened;
    }

    private JsonNode read(Delivery delivery) {
        return Json.tree(vault.open(delivery.body(), "message.body", delivery.messageId()));
    }

    private CertificateUse use(
            UUID delivery, UUID message, CaseFile file, String library, CertificateMaterials.Named named, Instant now) {
        String item = file.itemCode();
        LocalDate day = LocalDate.ofInstant(now, CaseTimes.SHANGHAI);
        CertificateRule rule = catalogue.certificateRule(item, named.type(), day);
        return new CertificateUse(
                TimeOrderedId.next(),
                delivery,
                message,
                file.caseNo(),
                named.place(),
                named.type(),
                library,
                item,
                file.sender(),
                "办理"
                        + catalogue
                                .itemOfCase(item, day)
                                .map(known -> known.nameZh())
                                .orElse(item),
                now,
                now.plus(enrich(library).validFor()),
                0,
                TimeOrderedId.next(),
                rule.whenAway() == CertificateRule.Away.PAPER ? now.plus(rule.patience()) : null,
                null);
    }

    private Enrich enrich(String library) {
        return partners.partner(library).enrich().orElseThrow();
    }

    private void ask(CertificateUse use, ObjectNode request, UUID stepId, Instant now, Opened opened) {
        byte[] body = Json.bytes(request);
        StoredMessage message = new StoredMessage(
                stepId,
                HUB,
                enrich(use.library()).steps().get(use.step()),
                use.caseNo(),
                use.messageId(),
                vault.seal(body, "message.body", stepId),
                StoredMessage.digestOf(body),
                now,
                null);
        opened.messages().add(message);
        opened.deliveries().add(Delivery.of(message, use.library(), Delivery.WORK));
    }

    private static CaseEvent event(CertificateUse use, String kind, String detail, Instant now) {
        return new CaseEvent(now, use.caseNo(), use.messageId(), use.deliveryId(), kind, use.library(), null, detail);
    }

    /** Whether a partner's answers to this kind of document complete others. */
    public boolean isStep(String partner, String document) {
        return partners.find(partner)
                .flatMap(Partner::enrich)
                .filter(enrich -> enrich.steps().contains(document))
                .isPresent();
    }

    /** Goes on with what the libraries said: the next step, or the delivery that waits. */
    public Opened advance(Collection<Answered> answers, Instant now) {
        Opened opened = Opened.empty();
        if (answers.isEmpty()) {
            return opened;
        }
        Map<UUID, CertificateUses.Open> open =
                uses.open(answers.stream().map(Answered::stepId).collect(Collectors.toSet()));
        for (Answered answer : answers) {
            // One answer takes a step: another of the same group would ask the next one twice.
            CertificateUses.Open step = open.remove(answer.stepId());
            if (step != null) {
                advance(step, answer, now, opened);
            }
        }
        return opened;
    }

    private void advance(CertificateUses.Open open, Answered answer, Instant now, Opened opened) {
        CertificateUse use = open.use();
        UUID[] kept = Stream.ofNullable(answer.answer()).toArray(UUID[]::new);
        if (answer.content() == null) {
            refuse(use, answer.reason(), null, now, opened, kept);
            return;
        }
        if (!open.wanted()) {
            uses.end(use, "expired", "its receiver has the document already", null, null, kept);
            uses.erase(List.of(use.deliveryId()));
            opened.needless().addAll(List.of(kept));
            return;
        }
        ObjectNode given = given(use);
        given.setAll((ObjectNode) answer.content());
        given.remove("caseNo");
        byte[] sealed = vault.seal(Json.bytes(given), CertificateUse.SEALED, use.id());
        String reference = given.path("reference").asString(null);
        if (use.step() + 1 == enrich(use.library()).steps().size()) {
            if (Copies.Sealed.ready(use, reference, sealed).open(vault).isExpired(now)) {
                refuse(use, "the copy was over when it came", reference, now, opened, kept);
                return;
            }
            uses.end(use, "ready", null, sealed, reference, kept);
            opened.events().add(event(use, "certificate-ready", "use %s, copy %s".formatted(use.id(), reference), now));
            return;
        }
        CertificateUse next = use.at(use.step() + 1, TimeOrderedId.next());
        uses.step(use.id(), next.step(), next.stepId(), sealed, reference, kept);
        byte[] before = vault.open(open.sealedRequest(), "message.body", use.stepId());
        ask(next, CertificateRequest.with((ObjectNode) Json.tree(before), given), next.stepId(), now, opened);
    }

    private void refuse(
            CertificateUse use, String reason, String reference, Instant now, Opened opened, UUID... answers) {
        uses.end(use, "refused", reason, null, reference, answers);
        opened.events().add(event(use, "certificate-refused", reason, now));
    }

    private ObjectNode given(CertificateUse use) {
        return use.body() == null
                ? Json.object()
                : (ObjectNode) Json.tree(vault.open(use.body(), CertificateUse.SEALED, use.id()));
    }

    /**
     * A person has given up what asks a library: its receiver goes on with paper.
     *
     * @param delivery to the library
     */
    public List<CaseEvent> givenUp(UUID delivery, Instant now) {
        return uses.askedBy(delivery)
                .map(use -> onPaper(use, "given up by an operator", now))
                .orElse(List.of());
    }

    /** What waits for this use goes on with paper. */
    List<CaseEvent> onPaper(CertificateUse use, String reason, Instant now) {
        return uses.end(use, "paper", reason, null, null)
                ? List.of(event(use, "certificate-on-paper", "use %s: %s".formatted(use.id(), reason), now))
                : List.of();
    }

    /** The receivers of these deliveries have what they need, or never will. */
    public void erase(Collection<UUID> deliveries) {
        uses.erase(deliveries);
    }

    /** Nobody needs what these answers hold. */
    public void forget(Collection<UUID> answers) {
        uses.forget(answers);
    }
}
