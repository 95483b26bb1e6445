package org.shuniu.gateway;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Json;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a case wants of its citizen, and what the citizen may follow: a correction, a visit, a fee and its payment, a parcel. */
final class CitizenPart {

    /** What the citizen has to do while the case is in a state. */
    private static final Map<String, String> WAITS_FOR =
            Map.of("12", "visit", "14", "correction", "42", "correction", "50", "fee", "70", "collection");

    /** The states about which a status says more than itself. */
    private static final Set<String> TOLD = Set.of("14", "42", "50", "51", "70", "71", "72");

    /** What was said of the case, as far as anybody could read it. */
    private static final String SAID = """
            select id, body from message where case_no = ? and document = 'status' and parked_reason is null order by id
            """;

    private final JdbcTemplate sql;
    private final Vault vault;

    CitizenPart(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    /** @param reached the states that the case has been in */
    Optional<ObjectNode> of(CaseFile file, Set<String> reached) {
        ObjectNode part = Json.object();
        String waitsFor = WAITS_FOR.get(file.status());
        if (waitsFor != null) {
            part.put("waitsFor", waitsFor);
        }
        if (reached.stream().anyMatch(TOLD::contains)) {
            tell(part, file, said(file.caseNo()));
        }
        return part.isEmpty() ? Optional.empty() : Optional.of(part);
    }

    private List<JsonNode> said(String caseNo) {
        return sql.query(
                SAID,
                (row, number) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return Json.tree(vault.openOrTell(row.getBytes("body"), "message.body", id));
                },
                caseNo);
    }

    private static void tell(ObjectNode part, CaseFile file, List<JsonNode> said) {
        if ("correction".equals(WAITS_FOR.get(file.status()))) {
            last(said, file.status()).flatMap(CitizenPart::reason).ifPresent(reason -> part.put("reason", reason));
        }
        last(said, "50").flatMap(fee -> fee.optional("fee")).ifPresent(fee -> part.set("fee", fee));
        // A second payment goes back; the first is the one that counts.
        of(said, "51").stream()
                .findFirst()
                .map(paid -> paid.at("/payment"))
                .filter(JsonNode::isObject)
                .ifPresent(payment -> part.set("paid", payment));
        // Steps of a parcel come in any order; the furthest is where it is.
        said.stream()
                .filter(one -> one.has("parcel"))
                .max(Comparator.comparing(CitizenPart::status)
                        .thenComparing(one -> one.path("statusTime").asString("")))
                .ifPresent(one -> part.set("parcel", one.path("parcel")));
    }

    private static Optional<JsonNode> last(List<JsonNode> said, String status) {
        List<JsonNode> such = of(said, status);
        return such.isEmpty() ? Optional.empty() : Optional.of(such.get(such.size() - 1));
    }

    private static List<JsonNode> of(List<JsonNode> said, String status) {
        return said.stream().filter(one -> status(one).equals(status)).toList();
    }

    private static String status(JsonNode said) {
        return said.path("status").asString("");
    }

    private static Optional<String> reason(JsonNode said) {
        String opinion = said.path("step").path("opinion").asString("");
        String reason = opinion.isEmpty() ? said.path("reason").asString("") : opinion;
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }
}
