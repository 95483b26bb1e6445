package org.shuniu.gateway;

import java.time.LocalDate;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/** The names of case states in both languages, from the catalogue. */
final class StatusNames {

    private final Catalogue catalogue;

    StatusNames(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    ObjectNode of(String status) {
        return catalogue
                .table("case-status.hub")
                .code(status, LocalDate.now(CaseTimes.SHANGHAI))
                .map(code -> Json.object().put("zh", code.nameZh()).put("en", code.nameEn()))
                .orElseGet(() -> Json.object().put("zh", status).put("en", status));
    }
}
