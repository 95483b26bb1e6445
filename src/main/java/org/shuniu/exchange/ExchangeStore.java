package org.shuniu.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.shuniu.intake.Cover;
import org.shuniu.intake.Covers;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.CaseFiles;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps what regions signed with what the hub signed in answer, and the order of each case's messages. */
final class ExchangeStore implements Covers {

    private static final String KEEP = """
            insert into exchange_message (id, partner, idempotency_key, type, subject, body, signature_base, signature, keyid,
                certificate, receipt_input, receipt_signature, accepted_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String NUMBERED = """
            insert into exchange_order (partner, subject, last_seq) values (?, ?, 0) on conflict do nothing
            """;
    private static final String ADVANCE = "update exchange_order set last_seq = ? where partner = ? and subject = ?";
    private static final String CASE = """
            select m.case_no from sender_case s join message m on m.id = s.message_id
            where s.partner = ? and s.sender_case_no = ?
            """;

    private final JdbcTemplate sql;
    private final Vault vault;
    private final EvidenceLadder ladder;

    /** @param sql on the connections of the accepting transactions */
    ExchangeStore(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
        this.ladder = new EvidenceLadder(sql);
    }

    /** One numbered message of a case at a time: whether the next fits is known only once this one is accepted. */
    @Override
    public Map<Cover, SubmissionRefused> refuse(List<Covered> fresh) {
        Map<Cover, SubmissionRefused> refused = new HashMap<>();
        TreeMap<String, SignedEnvelope> numbered = new TreeMap<>();
        for (Covered covered : fresh) {
            SignedEnvelope signed = (SignedEnvelope) covered.cover();
            if (signed.envelope().seq() != null && numbered.putIfAbsent(place(signed), signed) != null) {
                refused.put(signed, gap("another message of the case is being accepted"));
            }
        }
        numbered.values().forEach(signed -> outOfOrder(signed).ifPresent(reason -> refused.put(signed, reason)));
        return refused;
    }

    private static String place(SignedEnvelope signed) {
        return signed.caller().partner() + " " + signed.envelope().subject();
    }

    private Optional<SubmissionRefused> outOfOrder(SignedEnvelope signed) {
        String partner = signed.caller().partner();
        String subject = signed.envelope().subject();
        sql.update(NUMBERED, partner, subject);
        long last = sql.queryForObject(
                "select last_seq from exchange_order where partner = ? and subject = ? for update",
                Long.class,
                partner,
                subject);
        long seq = signed.envelope().seq();
        if (seq <= last) {
            return Optional.of(new SubmissionRefused(Problem.of(
                    "sequence-passed",
                    422,
                    "Another message of the case was accepted under this chxseq or a later one")));
        }
        return seq == last + 1 ? Optional.empty() : Optional.of(gap("the next is %d".formatted(last + 1)));
    }

    private static SubmissionRefused gap(String why) {
        return new SubmissionRefused(Problem.of("gap", 409, "Send the earlier messages of the case first: " + why));
    }

    @Override
    public void keep(List<Covered> accepted) {
        sql.batchUpdate(KEEP, accepted.stream().map(this::row).toList());
        sql.batchUpdate(
                ADVANCE,
                accepted.stream()
                        .map(covered -> (SignedEnvelope) covered.cover())
                        .filter(signed -> signed.envelope().seq() != null)
                        .map(signed -> new Object[] {
                            signed.envelope().seq(),
                            signed.caller().partner(),
                            signed.envelope().subject()
                        })
                        .toList());
        ladder.record(accepted.stream()
                .map(covered -> ((SignedEnvelope) covered.cover()).evidence())
                .toList());
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
            CaseFiles.utc(covered.message().acceptedAt())
        };
    }

    /** The hub's number of a case that a region knows by its own. */
    Optional<String> caseNo(String partner, String number) {
        return sql.queryForList(CASE, String.class, partner, number).stream().findFirst();
    }
}
