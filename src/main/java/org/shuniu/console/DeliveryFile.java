package org.shuniu.console;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.codec.Garbled;
import org.shuniu.delivery.Attempt;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Rendered;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.translator.Retranslation;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** One delivery: what was received, what its receiver got for it, and what the receiver said. */
final class DeliveryFile {

    /**
     * A delivery with what it carries, sealed.
     *
     * @param corrected what a person made of the message for this receiver, sealed as the message's own body, or null
     * @param enriched whether copies of certificates went with it
     * @param translation the number of what wrote it, or null before that
     */
    record Sent(
            CaseLife.Delivered delivery,
            UUID messageId,
            String caseNo,
            String sender,
            Instant acceptedAt,
            byte[] body,
            byte @Nullable [] corrected,
            boolean enriched,
            @Nullable Integer translation) {}

    /** What translated it. */
    record By(
            int id,
            String mapping,
            LocalDate since,
            String mappingVersion,
            String catalogueVersion,
            List<String> tables) {}

    /** What the receiver said, as received; {@code note} says why it counts for nothing, or is null. */
    record Answered(
            UUID id,
            Instant at,
            String source,
            @Nullable String mediaType,
            @Nullable String note,
            byte[] body) {}

    /** What was written for the receiver, or why that can't be written again. */
    record Written(
            byte @Nullable [] body,
            @Nullable String mediaType,
            @Nullable String problem) {}

    private static final int MOST = 20;

    private static final String SENT = """
            select d.*, m.partner, m.accepted_at, m.body, k.body as corrected
            from delivery d join message m on m.id = d.message_id left join correction k on k.id = d.correction
            where d.id = ?
            """;
    /** What was remarked has its index; what settled the delivery is found near the moment at which it did. */
    private static final String REMARKED = """
            select * from answer where delivery_id = ? and note is not null order by received_at desc limit ?
            """;

    static final String NEAR = """
            select * from answer where id >= ? and id < ? and delivery_id = ? order by id desc limit ?
            """;
    private static final String SAID = """
            select accepted_at from message where case_no = ? and cause = ? and partner = ? order by id desc limit ?
            """;
    /** An answer is kept when it has come, and read when the hub gets to it. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private static final Duration AFTER = Duration.ofSeconds(5);

    private final JdbcTemplate sql;
    private final Vault vault;
    private final Retranslation retranslation;
    private final ChannelAdapters adapters;

    DeliveryFile(JdbcTemplate sql, Vault vault, Retranslation retranslation, ChannelAdapters adapters) {
        this.sql = sql;
        this.vault = vault;
        this.retranslation = retranslation;
        this.adapters = adapters;
    }

    Optional<Sent> find(UUID id) {
        return sql.query(SENT, DeliveryFile::sent, id).stream().findFirst();
    }

    byte[] received(Sent sent) {
        return vault.open(sent.body(), "message.body", sent.messageId());
    }

    Optional<byte[]> corrected(Sent sent) {
        return Optional.ofNullable(sent.corrected()).map(body -> vault.open(body, "message.body", sent.messageId()));
    }

    Optional<By> by(Sent sent) {
        return sql.query("select * from translation where id = ?", DeliveryFile::by, sent.translation()).stream()
                .findFirst();
    }

    Written written(Sent sent, By by) {
        CaseFile file = new CaseFiles(sql).find(sent.caseNo()).orElseThrow(NotHere::new);
        byte[] body = corrected(sent).orElseGet(() -> received(sent));
        Attempt attempt = new Attempt(
                UUID.fromString(sent.delivery().id()),
                sent.messageId(),
                sent.delivery().document(),
                sent.delivery().receiver(),
                sent.delivery().attempts(),
                0,
                false,
                null,
                new UUID(0, 0),
                sent.acceptedAt(),
                file,
                body,
                List.of(),
                Attempt.Terms.USUAL,
                null);
        try {
            Rendered rendered = retranslation.of(attempt, by.id(), by.since(), left(sent));
            return new Written(rendered.body(), rendered.mediaType(), null);
        } catch (MappingFailed impossible) {
            return new Written(null, null, impossible.getMessage());
        }
    }

    /** What has not settled may be under way now. */
    private static LocalDate left(Sent sent) {
        Instant settled = sent.delivery().settledAt();
        return LocalDate.ofInstant(settled == null ? Instant.now() : settled, CaseTimes.SHANGHAI);
    }

    /** The newest first. */
    List<Answered> answers(Sent sent) {
        CaseLife.Delivered delivery = sent.delivery();
        UUID id = UUID.fromString(delivery.id());
        Map<UUID, Answered> found = new LinkedHashMap<>();
        sql.query(REMARKED, this::answered, id, MOST).forEach(answer -> found.put(answer.id(), answer));
        List<Instant> moments = new ArrayList<>();
        if (delivery.settledAt() != null) {
            moments.add(delivery.settledAt());
        }
        moments.addAll(sql.query(
                SAID,
                (row, number) -> CaseFiles.instant(row, "accepted_at"),
                sent.caseNo(),
                sent.messageId(),
                delivery.receiver(),
                MOST));
        for (Instant moment : moments) {
            UUID from = TimeOrderedId.first(moment.minus(BEFORE));
            UUID to = TimeOrderedId.first(moment.plus(AFTER));
            sql.query(NEAR, this::answered, from, to, id, MOST).forEach(answer -> found.put(answer.id(), answer));
        }
        return found.values().stream()
                .sorted(Comparator.comparing(Answered::at).reversed())
                .limit(MOST)
                .toList();
    }

    /** As people read it: without the wrapping in which some partners send. */
    byte[] opened(Sent sent, Answered answer) {
        byte[] body = vault.open(answer.body(), "answer.body", answer.id());
        try {
            return adapters.find(sent.delivery().receiver())
                    .map(adapter -> adapter.open(body))
                    .orElse(body);
        } catch (Garbled broken) {
            return body;
        }
    }

    private static Sent sent(ResultSet row, int number) throws SQLException {
        return new Sent(
                CaseLife.delivered(row, null),
                row.getObject("message_id", UUID.class),
                row.getString("case_no"),
                row.getString("partner"),
                CaseFiles.instant(row, "accepted_at"),
                row.getBytes("body"),
                row.getBytes("corrected"),
                row.getBoolean("enriched"),
                row.getObject("translation", Integer.class));
    }

    private static By by(ResultSet row, int number) throws SQLException {
        Date since = row.getDate("since");
        String tables = row.getString("tables");
        return new By(
                row.getInt("id"),
                row.getString("partner") + "/" + row.getString("mapping"),
                since.toLocalDate(),
                row.getString("mapping_version"),
                row.getString("catalogue_version"),
                tables.isBlank() ? List.of() : List.of(tables.split(" ")));
    }

    private Answered answered(ResultSet row, int number) throws SQLException {
        return new Answered(
                row.getObject("id", UUID.class),
                CaseFiles.instant(row, "received_at"),
                row.getString("source"),
                row.getString("media_type"),
                row.getString("note"),
                row.getBytes("body"));
    }
}
