package org.shuniu.exchange;

import java.util.List;
import org.shuniu.reconciliation.Difference;
import org.shuniu.store.Columns;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a page of a region's list says otherwise than the hub's record; each message is looked up by its id. */
final class ManifestDifferences {

    /** The region's copy of the hub's message. */
    private static final String OTHER = """
            select s.message_id::text as id, s.case_no
            from unnest(?::text[], ?::text[]) as w(id, digest) join exchange_sent s on s.partner = ? and s.message_id = case
                when w.id ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then w.id::uuid end
            where encode(s.digest, 'hex') <> w.digest
            """;

    /** The hub's copy of the region's message, or none. */
    private static final String MISSING = """
            select w.id, k.digest is null as missing from unnest(?::text[], ?::text[]) as w(id, digest)
                left join message_key k on k.partner = ? and k.idempotency_key = w.id
            where k.digest is null or encode(k.digest, 'hex') <> w.digest
            """;

    /** What goes back to a region; applications and their like are named as lost by whoever compares deliveries. */
    private static final String BACK = """
            select s.message_id::text as id, s.case_no from unnest(?::uuid[]) as w(id)
                join exchange_sent s on s.partner = ? and s.message_id = w.id join delivery d on d.id = s.delivery_id
            where d.queue <> 'application'
            """;

    private final JdbcTemplate sql;

    ManifestDifferences(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Of what the region says that it accepted. */
    List<Difference> ofAccepted(String partner, List<RegionManifest.Said> page) {
        return sql.query(
                OTHER,
                (row, number) -> new Difference(
                        Difference.Kind.ALTERED,
                        row.getString("id"),
                        row.getString("case_no"),
                        "the region accepted another content under this id"),
                Columns.texts(page, RegionManifest.Said::messageId),
                Columns.texts(page, RegionManifest.Said::digest),
                partner);
    }

    /** Of what the region says that it sent, and has the hub's receipt for. */
    List<Difference> ofSent(String partner, List<RegionManifest.Said> page) {
        return sql.query(
                MISSING,
                (row, number) -> row.getBoolean("missing")
                        ? new Difference(
                                Difference.Kind.UNRECEIVED,
                                row.getString("id"),
                                null,
                                "the region lists it as accepted here, and it is not")
                        : new Difference(
                                Difference.Kind.ALTERED,
                                row.getString("id"),
                                null,
                                "the region sent another content under this id"),
                Columns.texts(page, RegionManifest.Said::messageId),
                Columns.texts(page, RegionManifest.Said::digest),
                partner);
    }

    /** Of what the region does not list as accepted, and has signed for. */
    List<Difference> ofUnlisted(String partner, List<String> messageIds) {
        return sql.query(
                BACK,
                (row, number) -> new Difference(
                        Difference.Kind.UNLISTED,
                        row.getString("id"),
                        row.getString("case_no"),
                        "the region has signed for it and does not list it"),
                messageIds.toArray(String[]::new),
                partner);
    }
}
