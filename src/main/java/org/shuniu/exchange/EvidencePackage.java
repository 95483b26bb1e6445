package org.shuniu.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.shuniu.evidence.KeyRegister;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.signature.VerifyingKey;
import org.shuniu.vault.BodyErased;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** All that was signed about one case of a region, with the keys of that time, as files that openssl verifies without the hub. */
final class EvidencePackage {

    static final String MEDIA_TYPE = "application/x-tar";

    /**
     * A message that was received or sent.
     *
     * @param body nothing where it was erased
     * @param erased when and by which rule, or nothing
     * @param base what its sender signed, or null for what the hub sent, whose receipt says that it came
     */
    private record Message(
            EvidenceLadder.Chain chain,
            String id,
            byte @Nullable [] body,
            @Nullable String erased,
            String base,
            byte[] signature,
            String keyid,
            byte[] certificate) {
        String folder() {
            return "%s/%s".formatted(chain.direction().word(), id);
        }
    }

    private record Kept(byte @Nullable [] body, @Nullable String erased) {}

    /** Where a message is kept. */
    private record Place(boolean received, UUID id, long bytes) {}

    private static final int LARGEST = 32 * 1024 * 1024;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    /** More would hold the memory of all that the hub does. */
    private static final int AT_A_TIME = 2;

    private static final String RECEIVED = "select * from exchange_message where id = ?";
    private static final String SENT = "select * from exchange_sent where id = ?";
    private static final String MESSAGES = """
            select 0 as side, id, accepted_at as at, length(body) as bytes from exchange_message
                where partner = ? and subject = ?
            union all
            select 1, id, written_at, length(body) from exchange_sent where partner = ? and subject = ?
            order by side, at
            """;
    private static final String OTHER_NUMBER = """
            select x.subject from message m join exchange_message x on x.id = m.id where m.case_no = ? and x.partner = ? limit 1
            """;
    private static final String ABOUT = """
            What was signed about one case, verified by: chx.sh verify-evidence FILE

            received/ID/body          a message of the region's as it was received; once the time is over for which bodies are kept:
                     ID/erased        when that was erased and by which rule; its digest still stands in what was signed
                     ID/base          what the region signed of it, which holds its digest; signature, key
                     ID/certificate.pem  the client certificate of the connection
            sent/ID/body              a message of the hub's
            */ID/SEQ/evidence         a step of the message, as it stands at line SEQ of the chain
            */ID/SEQ/base             what was signed where that is not the evidence itself, but holds its digest
            */ID/SEQ/signature, key   the signature in bytes, and the file of the key that it is by
            */ID/SEQ/prev, hash       hash = SM3(prev, LF, evidence), which openssl dgst -sm3 gives
            keys/hub, keys/region     public keys; compare them with those that you know
            */ID/SEQ/stamp, path      where the chain has a time-stamp (RFC 3161): which, and the way from hash to what it stamped
            stamps/NAME/stamped       what was stamped; answer is the authority's, which openssl ts -verify takes
            stamps/authorities.pem    whom the authority's certificate comes from; compare it with what you know
            """;

    private final JdbcTemplate sql;
    private final EvidenceLadder ladder;
    private final KeyRegister keys;
    private final Vault vault;
    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final TimeStamps stamps;
    private final Supplier<String> authorities;

    /** @param authorities PEM of those that time-stamps come from */
    EvidencePackage(JdbcTemplate sql, KeyRegister keys, Vault vault, TimeStamps stamps, Supplier<String> authorities) {
        this.sql = sql;
        this.ladder = new EvidenceLadder(sql);
        this.keys = keys;
        this.vault = vault;
        this.stamps = stamps;
        this.authorities = authorities;
    }

    /**
     * The package of a case.
     *
     * @param number as either side calls the case
     * @return nothing where the region has no such case
     */
    Optional<byte[]> of(String partner, String number) {
        List<Place> messages = places(partner, "case/" + number);
        if (messages.isEmpty()) {
            messages = sql.queryForList(OTHER_NUMBER, String.class, number, partner).stream()
                    .findFirst()
                    .map(subject -> places(partner, subject))
                    .orElse(List.of());
        }
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        requireFits(messages.stream().mapToLong(Place::bytes).sum());
        if (!room.tryAcquire()) {
            throw SubmissionRefused.of("overloaded", 503, "Other packages are being made; ask again");
        }
        try {
            return Optional.of(packed(partner, messages));
        } finally {
            room.release();
        }
    }

    private static void requireFits(long bytes) {
        if (bytes > LARGEST) {
            throw SubmissionRefused.of("too-large", 413, "The evidence is larger than %d bytes".formatted(LARGEST));
        }
    }

    private List<Place> places(String partner, String subject) {
        return sql.query(
                MESSAGES,
                (row, number) ->
                        new Place(row.getInt("side") == 0, row.getObject("id", UUID.class), row.getLong("bytes")),
                partner,
                subject,
                partner,
                subject);
    }

    /** One by one: only the package itself is held whole. */
    private Message message(Place place) {
        return place.received()
                ? sql.queryForObject(RECEIVED, this::received, place.id())
                : sql.queryForObject(SENT, this::sent, place.id());
    }

    private Message received(ResultSet row, int number) throws SQLException {
        Kept kept = kept(row, "exchange_message.body");
        return new Message(
                new EvidenceLadder.Chain(row.getString("partner"), EvidenceLadder.Direction.RECEIVED),
                row.getString("idempotency_key"),
                kept.body(),
                kept.erased(),
                row.getString("signature_base"),
                row.getBytes("signature"),
                row.getString("keyid"),
                row.getBytes("certificate"));
    }

    private Message sent(ResultSet row, int number) throws SQLException {
        Kept kept = kept(row, "exchange_sent.body");
        return new Message(
                new EvidenceLadder.Chain(row.getString("partner"), EvidenceLadder.Direction.SENT),
                row.getString("message_id"),
                kept.body(),
                kept.erased(),
                null,
                null,
                null,
                null);
    }

    private Kept kept(ResultSet row, String column) throws SQLException {
        try {
            return new Kept(vault.open(row.getBytes("body"), column, row.getObject("id", UUID.class)), null);
        } catch (BodyErased erased) {
            return new Kept(null, erased.getMessage());
        }
    }

    private byte[] packed(String partner, List<Place> messages) {
        Tar tar = new Tar();
        Map<String, String> files = new LinkedHashMap<>();
        StampedSteps stamped = new StampedSteps(stamps, tar);
        tar.add("README", ABOUT);
        for (Place place : messages) {
            Message message = message(place);
            if (message.body() != null) {
                tar.add(message.folder() + "/body", message.body());
            } else {
                tar.add(message.folder() + "/erased", message.erased() + "\n");
            }
            if (message.base() != null) {
                byte[] signed = message.base().getBytes(StandardCharsets.ISO_8859_1);
                tar.add(message.folder() + "/base", signed);
                tar.add(message.folder() + "/certificate.pem", pem(message.certificate()));
                String key = key(files, partner, message.keyid(), signed, message.signature());
                signature(tar, message.folder(), message.signature(), key);
            }
            ladder.of(message.chain(), message.id()).forEach(step -> {
                step(tar, files, message, step);
                stamped.add("%s/%d".formatted(message.folder(), step.seq()), step);
            });
            requireFits(tar.size());
        }
        files.forEach((file, pem) -> tar.add(file, pem));
        stamped.end(authorities.get());
        return tar.bytes();
    }

    private void step(Tar tar, Map<String, String> files, Message message, EvidenceLadder.Kept step) {
        String folder = "%s/%d".formatted(message.folder(), step.seq());
        EvidenceLadder.Signed said = step.signed();
        tar.add(folder + "/evidence", said.evidence());
        byte[] signed = said.evidence();
        if (said.base() != null) {
            signed = said.base().getBytes(StandardCharsets.ISO_8859_1);
            tar.add(folder + "/base", signed);
        }
        boolean hubs = step.chain().direction() == EvidenceLadder.Direction.RECEIVED;
        String owner = hubs ? KeyRegister.HUB : step.chain().partner();
        signature(tar, folder, said.signature(), key(files, owner, said.keyid(), signed, said.signature()));
        tar.add(folder + "/prev", HexFormat.of().formatHex(step.prev()));
        tar.add(folder + "/hash", HexFormat.of().formatHex(step.hash()));
    }

    private static void signature(Tar tar, String folder, byte[] signature, String key) {
        tar.add(folder + "/signature", signature);
        tar.add(folder + "/key", key);
    }

    /** The file of the key that signed this: of several of one name the one that fits, since a name may have been given anew. */
    private String key(Map<String, String> files, String owner, String keyid, byte[] signed, byte[] signature) {
        String folder = owner.equals(KeyRegister.HUB) ? "keys/hub/" : "keys/region/";
        List<VerifyingKey> known = keys.of(owner, keyid);
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).verify(signed, signature)) {
                String pem = known.get(i).pem();
                String file = files.entrySet().stream()
                        .filter(other -> other.getKey().startsWith(folder + keyid + "."))
                        .filter(other -> other.getValue().equals(pem))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("%s%s.%s".formatted(folder, keyid, i == 0 ? "pub" : i + ".pub"));
                files.put(file, pem);
                return file;
            }
        }
        return folder + keyid + ".pub";
    }

    private static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(LINES.encodeToString(certificate));
    }
}
