package org.shuniu.recovery;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.shuniu.controlbus.ControlBus;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentReader;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.document.Finding;
import org.shuniu.document.MalformedDocument;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Corrects what a parked delivery says, and sends it again under the same message id. The message stays as it was received; the
 * correction stands beside it and is sent in its place, to this receiver only. Where an earlier attempt may have had its effect
 * nothing is corrected: the receiver would take the correction for a repetition and drop it.
 */
public final class Corrections {

    /**
     * What can be corrected.
     *
     * @param text as it would be sent now, laid out for reading
     * @param digest of what would be sent now: a correction of something else is none of this
     */
    public record Draft(
            UUID messageId,
            String caseNo,
            String receiver,
            String document,
            String reason,
            String text,
            String digest) {}

    /**
     * What became of a correction.
     *
     * @param problem {@code gone}, {@code doubt}, {@code fields}, {@code same} or {@code wrong}; empty when it goes out
     * @param findings what is wrong with the document, without any of its values
     */
    public record Result(String problem, List<Finding> findings) {

        private static Result of(String problem) {
            return new Result(problem, List.of());
        }
    }

    /**
     * A correction that was made.
     *
     * @param fields that were changed, by their JSON pointers; a name that neither schemas nor mappings know is {@code *}
     */
    public record Made(
            String receiver, String by, OffsetDateTime at, String reason, List<String> fields, String digest) {}

    private record Parked(
            UUID messageId,
            String caseNo,
            String receiver,
            String document,
            String reason,
            byte[] body,
            boolean doubt) {}

    /** What people typed; everything else the hub or another system made. */
    private static final Set<String> DOCUMENTS = Set.of("application", "supplement");

    /** Whom it is about and by what it was routed stays: the hub has its case and its index by them. */
    private static final Pattern CORRIGIBLE = Pattern.compile(
            "/(form|agent|legalRepresentative)(/.*)?|/applicant/(?!(idType|idNumber|division|type)$).+",
            Pattern.DOTALL);

    private static final int MOST = 100;
    /** What a region sent is signed for as it sent it: its own people correct it. */
    private static final String PARKED = """
            select d.message_id, d.case_no, d.receiver, d.document, d.reason, coalesce(k.body, m.body) as body,
                coalesce(d.claim_until > now(), false) or\s""" + PlanStore.DOUBLE + """
                 as doubt
            from delivery d join message m on m.id = d.message_id left join correction k on k.id = d.correction
            where d.id = ? and d.state = 'parked'
                and not exists (select 1 from exchange_message x where x.id = d.message_id)
            """;

    private static final String KEEP = """
            insert into correction (id, delivery_id, message_id, body, digest, difference, fields, made_by, reason)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String MADE = """
            select k.*, d.receiver from correction k join delivery d on d.id = k.delivery_id
            where k.message_id = ? order by k.made_at desc limit ?
            """;

    private final Pools.Door door;
    private final JdbcTemplate sql;
    private final JdbcTemplate shown;
    private final Vault vault;
    private final DocumentSchemas schemas;
    private final DocumentChecks checks;
    private final ControlBus bus;
    private final Supplier<Set<String>> known;
    private final Runnable wake;
    private final DocumentReader reader = new DocumentReader();

    /**
     * @param pools of which acts take the settlements' door, and what people see comes by their own
     * @param known names of fields that are nobody's words
     * @param wake asks the redispatcher to look
     */
    Corrections(
            Pools pools,
            Vault vault,
            DocumentSchemas schemas,
            DocumentChecks checks,
            ControlBus bus,
            Supplier<Set<String>> known,
            Runnable wake) {
        this.door = pools.settlement();
        this.sql = door.sql();
        this.shown = pools.console().sql();
        this.vault = vault;
        this.schemas = schemas;
        this.checks = checks;
        this.bus = bus;
        this.known = known;
        this.wake = wake;
    }

    /** @return nothing where none of this id is parked or it is no document that people correct */
    public Optional<Draft> draft(UUID delivery) {
        return parked(shown, delivery).map(parked -> {
            byte[] body = open(parked);
            return new Draft(
                    parked.messageId(),
                    parked.caseNo(),
                    parked.receiver(),
                    parked.document(),
                    parked.reason(),
                    reader.read(body).toPrettyString(),
                    digest(StoredMessage.digestOf(body)));
        });
    }

    /** Whether a message can be corrected at all: what a region signed is not the hub's to change. */
    public boolean corrects(UUID message, String document) {
        return DOCUMENTS.contains(document)
                && shown.queryForList("select 1 from exchange_message where id = ? limit 1", Integer.class, message)
                        .isEmpty();
    }

    /** The newest corrections of a message first. */
    public List<Made> of(UUID message) {
        return shown.query(MADE, Corrections::made, message, MOST);
    }

    /**
     * Keeps the correction and sends it.
     *
     * @param digest of what was corrected
     */
    public Result send(String operator, UUID delivery, String digest, String text, String reason) {
        Result result = door.transaction().execute(status -> {
            // The lock of the case covers its deliveries.
            parked(sql, delivery).ifPresent(found -> new CaseFiles(sql).lock(List.of(found.caseNo())));
            Optional<Parked> parked = parked(sql, delivery);
            byte[] before = parked.map(this::open).orElse(null);
            if (before == null || !digest(StoredMessage.digestOf(before)).equals(digest)) {
                return Result.of("gone");
            }
            return parked.get().doubt()
                    ? Result.of("doubt")
                    : send(operator, delivery, parked.get(), before, text.replace("\r\n", "\n"), reason);
        });
        if (result.problem().isEmpty()) {
            wake.run();
        }
        return result;
    }

    private Result send(String operator, UUID delivery, Parked parked, byte[] before, String text, String reason) {
        byte[] after = text.getBytes(StandardCharsets.UTF_8);
        JsonNode content;
        try {
            content = reader.read(after);
        } catch (MalformedDocument malformed) {
            return new Result("wrong", List.of(new Finding("", "json", malformed.getMessage(), "one JSON document")));
        }
        Difference difference = Difference.between(reader.read(before), content);
        List<String> fields = difference.pointers();
        if (fields.isEmpty()) {
            return Result.of("same");
        }
        if (!fields.stream().allMatch(field -> CORRIGIBLE.matcher(field).matches())) {
            return Result.of("fields");
        }
        List<Finding> findings = findings(parked.document(), content);
        if (!findings.isEmpty()) {
            return new Result("wrong", findings);
        }
        keep(operator, delivery, parked, after, difference, reason);
        String what = "fields %s; %s".formatted(String.join(" ", difference.shown(known.get())), reason);
        if (!bus.corrected(operator, delivery, digest(StoredMessage.digestOf(after)), what)) {
            throw new IllegalStateException("A delivery left its parking under the lock of its case");
        }
        return Result.of("");
    }

    private List<Finding> findings(String document, JsonNode content) {
        List<Finding> shape = schemas.check(document, content);
        return shape.isEmpty() ? checks.check(document, content) : shape;
    }

    /** Sealed for the message's own place: whoever reads what a delivery sends need not know which of the two it is. */
    private void keep(
            String operator, UUID delivery, Parked parked, byte[] after, Difference difference, String reason) {
        UUID id = TimeOrderedId.next();
        sql.update(
                KEEP,
                id,
                delivery,
                parked.messageId(),
                vault.seal(after, "message.body", parked.messageId()),
                StoredMessage.digestOf(after),
                vault.seal(difference.bytes(), "correction.difference", id),
                difference.shown(known.get()).toArray(String[]::new),
                operator,
                reason);
        sql.update("update delivery set correction = ? where id = ?", id, delivery);
    }

    private static Optional<Parked> parked(JdbcTemplate sql, UUID delivery) {
        return sql.query(PARKED, Corrections::read, delivery).stream()
                .filter(parked -> DOCUMENTS.contains(parked.document()))
                .findFirst();
    }

    private byte[] open(Parked parked) {
        return vault.open(parked.body(), "message.body", parked.messageId());
    }

    private static Parked read(ResultSet row, int number) throws SQLException {
        return new Parked(
                row.getObject("message_id", UUID.class),
                row.getString("case_no"),
                row.getString("receiver"),
                row.getString("document"),
                row.getString("reason"),
                row.getBytes("body"),
                row.getBoolean("doubt"));
    }

    private static Made made(ResultSet row, int number) throws SQLException {
        return new Made(
                row.getString("receiver"),
                row.getString("made_by"),
                row.getObject("made_at", OffsetDateTime.class),
                row.getString("reason"),
                List.of((String[]) row.getArray("fields").getArray()),
                digest(row.getBytes("digest")));
    }

    private static String digest(byte[] digest) {
        return "sha256:" + HexFormat.of().formatHex(digest);
    }
}
