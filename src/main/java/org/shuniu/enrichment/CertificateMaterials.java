package org.shuniu.enrichment;

import java.util.ArrayList;
import java.util.List;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The certificates that a document's materials name. */
final class CertificateMaterials {

    /**
     * One of them.
     *
     * @param place in the list of materials
     */
    record Named(int place, JsonNode certificate) {
        String type() {
            return certificate.path("type").asString("");
        }
    }

    private CertificateMaterials() {}

    static List<Named> of(JsonNode document) {
        List<Named> named = new ArrayList<>();
        JsonNode materials = document.path("materials");
        for (int i = 0; i < materials.size(); i++) {
            JsonNode certificate = materials.get(i).path("certificate");
            if (certificate.isObject()) {
                named.add(new Named(i, certificate));
            }
        }
        return named;
    }

    /** Whose it is: the applicant's where the document says nothing else. */
    static ObjectNode holder(JsonNode document, Named named) {
        JsonNode holder = named.certificate().path("holder");
        JsonNode person = holder.isObject() ? holder : document.path("applicant");
        ObjectNode shown = Json.object();
        List.of("name", "idType", "idNumber").forEach(field -> shown.set(field, person.path(field)));
        return shown;
    }
}
