package org.shuniu.enrichment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Reads what was given for deliveries that are to be made now; opened only after their claim, outside of any transaction. */
public final class Copies {

    /** A copy as it is kept. */
    public record Sealed(
            UUID useId, int material, String state, String reason, String reference, Instant validTo, byte[] body) {

        /** A use as it stands when its last answer is here. */
        static Sealed ready(CertificateUse use, String reference, byte[] body) {
            return new Sealed(use.id(), use.material(), "ready", null, reference, use.validTo(), body);
        }

        /** @throws org.shuniu.vault.VaultFailure when it can't be opened */
        public Copy open(Vault vault) {
            return new Copy(useId, material, state, reason, state.equals("ready") ? copy(vault) : null);
        }

        /** What is forgotten already is not given again, only its number at the library. */
        private ObjectNode copy(Vault vault) {
            ObjectNode given = body == null
                    ? Json.object()
                    : (ObjectNode) Json.tree(vault.open(body, CertificateUse.SEALED, useId));
            ObjectNode copy = Json.object().put("useId", useId.toString());
            if (reference != null) {
                copy.put("reference", reference);
            }
            String until = CaseTimes.write(validTo.atOffset(ZoneOffset.UTC));
            String said = given.path("validUntil").asString(until);
            copy.put("validUntil", said.compareTo(until) > 0 ? until : said);
            given.optional("content").ifPresent(content -> copy.set("content", content));
            return copy;
        }
    }

    private static final String OF = """
            select * from certificate_use where delivery_id = any(?) and state not in ('open', 'expired') order by delivery_id, material
            """;

    private final JdbcTemplate sql;

    public Copies(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** By delivery. */
    public Map<UUID, List<Sealed>> of(Collection<UUID> deliveries) {
        Map<UUID, List<Sealed>> copies = new HashMap<>();
        sql.query(
                OF,
                row -> {
                    UUID delivery = row.getObject("delivery_id", UUID.class);
                    copies.computeIfAbsent(delivery, id -> new ArrayList<>()).add(read(row));
                },
                (Object) deliveries.toArray(UUID[]::new));
        return copies;
    }

    private static Sealed read(ResultSet row) throws SQLException {
        return new Sealed(
                row.getObject("id", UUID.class),
                row.getInt("material"),
                row.getString("state"),
                row.getString("reason"),
                row.getString("reference"),
                CaseFiles.instant(row, "valid_to"),
                row.getBytes("body"));
    }
}
