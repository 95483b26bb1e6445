package org.shuniu.enrichment;

import java.time.Instant;
import java.time.ZoneOffset;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a library is asked: one certificate of one holder, for one case and purpose, from one time to another. */
final class CertificateRequest {

    private CertificateRequest() {}

    static ObjectNode of(CertificateUse use, JsonNode document, CertificateMaterials.Named named) {
        ObjectNode request = Json.object()
                .put("caseNo", use.caseNo())
                .put("useId", use.id().toString())
                .put("itemCode", use.itemCode())
                .put("askedBy", use.askedBy())
                .put("purpose", use.purpose())
                .put("validFrom", time(use.validFrom()))
                .put("validTo", time(use.validTo()));
        ObjectNode certificate = request.putObject("certificate");
        certificate.put("type", use.type()).set("code", named.certificate().path("code"));
        named.certificate().optional("showing").ifPresent(showing -> certificate.set("showing", showing));
        request.set("holder", CertificateMaterials.holder(document, named));
        return request;
    }

    /** The same use, with what was given so far; never the content of a certificate. */
    static ObjectNode with(ObjectNode request, ObjectNode given) {
        request.set("given", given.deepCopy().without("content"));
        return request;
    }

    private static String time(Instant instant) {
        return CaseTimes.write(instant.atOffset(ZoneOffset.UTC));
    }
}
