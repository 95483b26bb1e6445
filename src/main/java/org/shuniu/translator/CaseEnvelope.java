package org.shuniu.translator;

import java.time.LocalDate;
import java.util.Optional;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Centre;
import org.shuniu.catalogue.Department;
import org.shuniu.catalogue.Item;
import org.shuniu.delivery.Attempt;
import org.shuniu.document.CaseTimes;
import org.shuniu.enrichment.Copy;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds the tree that outgoing mappings read: the document, its case and what the catalogue knows of both. */
final class CaseEnvelope {

    private final Catalogue catalogue;

    CaseEnvelope(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @param day on which names are looked up */
    ObjectNode of(Attempt attempt, LocalDate day) {
        ObjectNode envelope = Json.object();
        envelope.putObject("message")
                .put("id", attempt.messageId().toString())
                .put("document", attempt.document())
                .put("acceptedAt", CaseTimes.dateTime(attempt.acceptedAt()));
        envelope.putObject("delivery")
                .put("id", attempt.deliveryId().toString())
                .put("attempt", attempt.number());
        if (attempt.ticket() != null) {
            ((ObjectNode) envelope.get("delivery")).put("ticket", attempt.ticket());
        }
        describe(envelope.putObject("case"), attempt.file(), day);
        JsonNode document = Json.tree(attempt.body());
        attempt.copies().forEach(copy -> complete(document, copy));
        envelope.set("document", document);
        return envelope;
    }

    /** What others have given stands with the material that it is for. */
    private static void complete(JsonNode document, Copy copy) {
        if (document.path("materials").path(copy.material()).path("certificate") instanceof ObjectNode certificate) {
            certificate.put("state", copy.state());
            if (copy.reason() != null) {
                certificate.put("reason", copy.reason());
            }
            if (copy.copy() != null) {
                certificate.set("copy", copy.copy());
            }
        }
    }

    private void describe(ObjectNode target, CaseFile file, LocalDate day) {
        // What another region received is accepted by the department itself, which is no centre.
        String accepting = file.sender().equals(file.receivingCentre()) ? null : file.acceptingCentre();
        target.put("caseNo", file.caseNo())
                .put("itemCode", file.itemCode())
                .put("status", file.status())
                .put("channel", file.channel())
                .put("receivingCentre", file.receivingCentre())
                .put("receivingCentreName", centre(file.receivingCentre(), day))
                .put("acceptingCentre", accepting)
                .put("acceptingCentreName", centre(accepting, day))
                .put("paperCentre", file.paperCentre())
                .put("responsible", file.responsible())
                .put("receivedAt", CaseTimes.dateTime(file.receivedAt()));
        catalogue.itemOfCase(file.itemCode(), day).ifPresent(item -> describe(target, item, day));
    }

    private void describe(ObjectNode target, Item item, LocalDate day) {
        target.put("itemName", item.nameZh())
                .put("handleCode", item.handleCode())
                .put("department", item.department())
                .put("limitWorkingDays", item.limitWorkingDays());
        catalogue
                .department(item.department(), day)
                .ifPresent((Department department) -> target.put("departmentName", department.nameZh())
                        .put("departmentOffice", department.officeZh()));
    }

    private String centre(String code, LocalDate day) {
        return Optional.ofNullable(code)
                .flatMap(known -> catalogue.centre(known, day))
                .map(Centre::nameZh)
                .orElse(null);
    }
}
