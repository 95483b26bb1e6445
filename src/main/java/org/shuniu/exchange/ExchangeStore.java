package org.shuniu.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.shuniu.crossing.Crossings;
import org.shuniu.intake.Cover;
import org.shuniu.intake.Covers;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Keeps what regions signed with what the hub signed in answer, and the order of each case's messages. */
final class ExchangeStore implements Covers {

    private static final String KEEP = """
            insert into exchange_message (id, partner, idempotency_key, type, subject, body, signature_base, signature, keyid,
                certificate, receipt_input, receipt_signature, accepted_at, seq)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String NUMBERED = """
            insert into exchange_order (partner, subject, ours, last_seq) values (?, ?, ?, 0) on conflict do nothing
            """;
    private static final String LAST =
            "select last_seq from exchange_order where partner = ? and subject = ? and ours = ?";
    private static final String ADVANCE = """
            update exchange_order set last_seq = greatest(last_seq, ?) where partner = ? and subject = ? and ours = ?
            """;
    private static final String RETURNED = """
            select exists (select 1 from exchange_message where partner = ? and subject = ? and seq = ? and type = any(?))
            """;
    private static final String CASE = """
            select m.case_no from sender_case s join message m on m.id = s.message_id
            where s.partner = ? and s.sender_case_no = ?
            """;

    private final JdbcTemplate sql;
    private final Vault vault;
    private final EvidenceLadder ladder;
    private final Crossings crossings;

    /** @param sql on the connections of the accepting transactions */
    ExchangeStore(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
        this.ladder = new EvidenceLadder(sql);
        this.crossings = new Crossings(sql);
    }

    /** One numbered message of a case at a time: whether the next fits is known only once this one is accepted. */
    @Override
    public Map<Cover, SubmissionRefused> refuse(List<Covered> fresh) {
        Map<Cover, SubmissionRefused> refused = new HashMap<>();
        TreeMap<String, SignedEnvelope> numbered = new TreeMap<>();
        for (Covered covered : fresh) {
            SignedEnvelope signed = (SignedEnvelope) covered.cover();
            if (signed.envelope().seq() != null && numbered.putIfAbsent(place(signed), signed) != null) {
                refused.put(signed, CaseOrder.gap("another one is being accepted"));
            }
        }
        numbered.values().forEach(signed -> outOfOrder(signed).ifPresent(reason -> refused.put(signed, reason)));
        return refused;
    }

    private static String place(SignedEnvelope signed) {
        Envelope envelope = signed.envelope();
        return signed.caller().partner() + " " + envelope.subject() + " " + envelope.returns();
    }

    private Optional<SubmissionRefused> outOfOrder(SignedEnvelope signed) {
        String partner = signed.caller().partner();
        Envelope envelope = signed.envelope();
        sql.update(NUMBERED, partner, envelope.subject(), envelope.returns());
        long last =
                sql.queryForObject(LAST + " for update", Long.class, partner, envelope.subject(), envelope.returns());
        return CaseOrder.refusal(
                signed.caller().profile().order(),
                envelope.returns(),
                envelope.seq(),
                last,
                () -> hasReturned(partner, envelope));
    }

    /** Whether something else that told of the case has this number. */
    private boolean hasReturned(String partner, Envelope envelope) {
        return Boolean.TRUE.equals(sql.queryForObject(
                RETURNED,
                Boolean.class,
                partner,
                envelope.subject(),
                envelope.seq(),
                Envelope.RETURNING.toArray(String[]::new)));
    }

    /** What speaks against a message whose earlier ones are missing, as far as that is seen before its case is looked at. */
    Optional<SubmissionRefused> early(Caller caller, Envelope envelope) {
        if (envelope.seq() == null || caller.profile().order() != ExchangeProfile.Order.STRICT) {
            return Optional.empty();
        }
        long last =
                sql.queryForList(LAST, Long.class, caller.partner(), envelope.subject(), envelope.returns()).stream()
                        .findFirst()
                        .orElse(0L);
        return CaseOrder.early(envelope.seq(), last);
    }

    @Override
    public void keep(List<Covered> accepted) {
        sql.batchUpdate(KEEP, accepted.stream().map(this::row).toList());
        accepted.forEach(this::begin);
        sql.batchUpdate(
                ADVANCE,
                accepted.stream()
                        .map(covered -> (SignedEnvelope) covered.cover())
                        .filter(signed -> signed.envelope().seq() != null)
                        .map(signed -> new Object[] {
                            signed.envelope().seq(),
                            signed.caller().partner(),
                            signed.envelope().subject(),
                            signed.envelope().returns()
                        })
                        .toList());
        ladder.record(accepted.stream()
                .map(covered -> ((SignedEnvelope) covered.cover()).evidence())
                .toList());
    }

    /** How the region received a case that it hands in. */
    private void begin(Covered covered) {
        Envelope envelope = ((SignedEnvelope) covered.cover()).envelope();
        if (envelope.type().equals(Envelope.SUBMITTED)) {
            JsonNode data = Json.tree(envelope.data());
            crossings.begin(
                    covered.message().caseNo(),
                    covered.message().partner(),
                    data.path("way").asString(null),
                    data.path("window").path("code").asString(null),
                    data.path("window").path("name").asString(null));
        }
    }

    private Object[] row(Covered covered) {
        SignedEnvelope signed = (SignedEnvelope) covered.cover();
        return new Object[] {
            covered.message().id(),
            signed.caller().partner(),
            signed.envelope().id(),
            signed.envelope().type(),
            signed.envelope().subject(),
            vault.seal(signed.body(), "exchange_message.body", covered.message().id()),
            signed.caller().signature().base(),
            signed.caller().signature().signature(),
            signed.caller().signature().keyid(),
            signed.caller().certificate(),
            signed.receiptSignature().input(),
            signed.receiptSignature().signature(),
            CaseFiles.utc(covered.message().acceptedAt()),
            signed.envelope().seq()
        };
    }

    /** The hub's number of a case that a region knows by its own. */
    Optional<String> caseNo(String partner, String number) {
        return sql.queryForList(CASE, String.class, partner, number).stream().findFirst();
    }
}
