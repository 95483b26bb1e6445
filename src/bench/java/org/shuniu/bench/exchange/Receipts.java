package org.shuniu.bench.exchange;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.shuniu.bench.load.HttpConnection;
import org.shuniu.bench.partners.Field;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageVerifier;
import org.shuniu.signature.SignatureRefused;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.VerifyingKey;

/** The ids of all messages that were accepted, and every hundredth receipt with its signature. */
public final class Receipts {

    private record Kept(String id, String digest, HttpConnection.Answer answer) {}

    private static final int EVERY = 100;
    private static final int ACCEPTED = 202;
    private static final Set<String> COVERED = Set.of("@status", "content-type", "content-digest");
    private static final Duration RUN = Duration.ofHours(6);
    /** Whoever has no receipt, no first step of its ladder, or another than its receipt; and cases that came twice. */
    private static final String FAULTS = """
            select count(*) from exchange_message x
            left join message_key k on k.partner = x.partner and k.idempotency_key = x.idempotency_key
            left join exchange_evidence e on e.partner = x.partner and e.direction = 'received'
                and e.message_id = x.idempotency_key and e.kind = 'ACCEPTED' and e.receiver = ''
            where k.receipt is null or e.evidence is null or e.evidence <> k.receipt
            """;

    private static final String TWICE =
            "select count(*) from (select subject from exchange_message group by subject having count(*) > 1) twice";

    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final Queue<Kept> some = new ConcurrentLinkedQueue<>();
    private final AtomicLong count = new AtomicLong();

    void keep(Messages.Message message, HttpConnection.Answer answer) {
        if (answer.status() == ACCEPTED) {
            ids.add(message.id());
            if (count.getAndIncrement() % EVERY == 0) {
                some.add(new Kept(message.id(), message.fields().get("Content-Digest"), answer));
            }
        }
    }

    /**
     * Verifies the receipts that were kept and holds all accepted ids beside the hub's database.
     *
     * @return how much was looked at, in words
     * @throws IOException when a receipt is wrong, or a message is lost, has none or is there twice
     */
    public String check(ExchangeSide side, String databaseUrl) throws IOException {
        VerifyingKey key = side.papers().hubKey();
        MessageVerifier verifier = new MessageVerifier(
                id -> Optional.of(key).filter(one -> one.keyid().equals(id)), RUN);
        for (Kept kept : some) {
            verify(verifier, kept);
        }
        try (Connection connection = DriverManager.getConnection(databaseUrl);
                Statement statement = connection.createStatement()) {
            Set<String> there = new HashSet<>();
            try (ResultSet rows = statement.executeQuery("select idempotency_key from exchange_message")) {
                while (rows.next()) {
                    there.add(rows.getString(1));
                }
            }
            long faults = number(statement, FAULTS);
            long twice = number(statement, TWICE);
            if (!there.equals(ids) || faults > 0 || twice > 0) {
                throw new IOException(
                        "The count is wrong: %d messages were accepted, %d are in the database, %d without receipt, %d twice"
                                .formatted(ids.size(), there.size(), faults, twice));
            }
        } catch (SQLException unreadable) {
            throw new IOException("The hub's database cannot be read", unreadable);
        }
        return "%d accepted, all in the database with receipt, %d receipts verified".formatted(ids.size(), some.size());
    }

    private static void verify(MessageVerifier verifier, Kept kept) throws IOException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String line : kept.answer().headers()) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    List.of(line.substring(colon + 1).strip()));
        }
        try {
            verifier.verify(SignedMessage.answer(kept.answer().status(), fields), COVERED, Instant.now());
            ContentDigest.check(fields.get("content-digest"), kept.answer().body());
        } catch (SignatureRefused wrong) {
            throw new IOException("The receipt of %s is wrong: %s".formatted(kept.id(), wrong.getMessage()), wrong);
        }
        String text = kept.answer().text();
        if (!Field.of(text, "messageId").equals(kept.id())
                || !Field.of(text, "contentDigest").equals(kept.digest())) {
            throw new IOException("The receipt of %s is of another message".formatted(kept.id()));
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
