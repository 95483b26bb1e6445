package org.shuniu.evidence;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;
import org.shuniu.signature.VerifyingKey;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;

/** Every public key by which the exchange's evidence is verified, kept for ever: what is old is verified by the key of its time. */
public final class KeyRegister {

    /** Whose the hub's own keys are. */
    public static final String HUB = EventTable.HUB;

    /** The kind of the line that each key has in the evidence. */
    static final String IN_FORCE = "exchange-key";

    private static final String GONE = "exchange-key-gone";
    private static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");
    private static final String OPEN = "select * from exchange_key where partner = ? and gone_at is null";
    private static final String OF_NAME =
            "select * from exchange_key where partner = ? and keyid = ? order by known_at desc";
    private static final String KEEP = """
            insert into exchange_key (partner, keyid, algorithm, pem, not_before, not_after, known_at, gone_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String END =
            "update exchange_key set gone_at = ? where partner = ? and keyid = ? and gone_at is null";
    private static final String EVER =
            "select exists (select 1 from exchange_key where partner = ? and keyid = ? and pem = ?)";
    /** Each process says once a minute that it signs by its key; one that never signed may be announced by another process. */
    private static final String SIGNED_LONG_AGO = """
            select keyid from exchange_hub_key where used_until < ?
            """;

    private static final Duration LONG = Duration.ofDays(1);

    /** One process at a time: others see what it did, and that nothing is left to do. */
    private static final String ALONE = "lock table exchange_key in share row exclusive mode";

    private final Pools.Door door;
    private final EventLog events;
    private final Clock clock;

    /** @param events in transactions of the same door */
    public KeyRegister(Pools.Door door, EventLog events, Clock clock) {
        this.door = door;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Keeps the hub's own keys, those that sign later too; the first of all counts for what was signed before keys were kept.
     * One that another process may still sign by stays in force.
     */
    public void keepOwn(Collection<SigningKey> keys) {
        List<VerifyingKey> known = open(HUB);
        boolean first = Boolean.TRUE.equals(door.sql()
                .queryForObject(
                        "select not exists (select 1 from exchange_key where partner = ?)", Boolean.class, HUB));
        Instant from = first ? Instant.EPOCH : clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<VerifyingKey> own =
                new ArrayList<>(keys.stream().map(key -> own(known, key, from)).toList());
        List<String> unused = door.sql()
                .queryForList(
                        SIGNED_LONG_AGO,
                        String.class,
                        CaseFiles.utc(clock.instant().minus(LONG)));
        List<String> here = own.stream().map(KeyRegister::mark).toList();
        known.stream()
                .filter(key -> !here.contains(mark(key)) && !unused.contains(key.keyid()))
                .forEach(own::add);
        keep(HUB, own);
    }

    private static VerifyingKey own(List<VerifyingKey> known, SigningKey key, Instant from) {
        String pem = key.publicPem();
        return known.stream()
                .filter(one -> one.keyid().equals(key.keyid()) && one.pem().equals(pem))
                .findFirst()
                .orElseGet(() -> VerifyingKey.of(key.keyid(), key.algorithm(), pem, from, FOR_EVER));
    }

    /** Keeps a region's keys as they are in force now, and ends those that are not any more. */
    public void keep(String owner, Collection<VerifyingKey> inForce) {
        if (changes(owner, inForce)) {
            door.transaction().executeWithoutResult(status -> {
                door.sql().execute(ALONE);
                change(owner, inForce);
            });
        }
    }

    /** Keeps keys that were in force before anybody kept them; what is kept already stays as it is. */
    public void keepEarlier(String owner, Collection<VerifyingKey> keys) {
        List<VerifyingKey> fresh =
                keys.stream().filter(key -> !isKept(owner, key)).toList();
        if (fresh.isEmpty()) {
            return;
        }
        door.transaction().executeWithoutResult(status -> {
            door.sql().execute(ALONE);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            List<CaseEvent> news = new ArrayList<>();
            for (VerifyingKey key : fresh) {
                if (!isKept(owner, key)) {
                    insert(owner, key, now, now);
                    news.add(event(now, IN_FORCE, owner, key));
                }
            }
            events.record(news);
        });
    }

    private boolean isKept(String owner, VerifyingKey key) {
        return Boolean.TRUE.equals(door.sql().queryForObject(EVER, Boolean.class, owner, key.keyid(), key.pem()));
    }

    /** The regions that have keys in force here. */
    public List<String> regions() {
        return door.sql()
                .queryForList(
                        "select distinct partner from exchange_key where gone_at is null and partner <> ?",
                        String.class,
                        HUB);
    }

    private boolean changes(String owner, Collection<VerifyingKey> inForce) {
        List<String> open = open(owner).stream().map(KeyRegister::mark).sorted().toList();
        return !open.equals(inForce.stream().map(KeyRegister::mark).sorted().toList());
    }

    private void change(String owner, Collection<VerifyingKey> inForce) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<String> wanted = inForce.stream().map(KeyRegister::mark).toList();
        List<String> open = new ArrayList<>();
        List<CaseEvent> news = new ArrayList<>();
        for (VerifyingKey key : open(owner)) {
            if (wanted.contains(mark(key))) {
                open.add(mark(key));
            } else {
                door.sql().update(END, CaseFiles.utc(now), owner, key.keyid());
                news.add(event(now, GONE, owner, key));
            }
        }
        for (VerifyingKey key : inForce) {
            if (!open.contains(mark(key))) {
                insert(owner, key, now, null);
                news.add(event(now, IN_FORCE, owner, key));
            }
        }
        events.record(news);
    }

    /** @param gone the first moment at which it was not in force any more, or null */
    private void insert(String owner, VerifyingKey key, Instant now, Instant gone) {
        door.sql()
                .update(
                        KEEP,
                        owner,
                        key.keyid(),
                        key.algorithm().id(),
                        key.pem(),
                        CaseFiles.utc(key.notBefore()),
                        CaseFiles.utc(key.notAfter()),
                        CaseFiles.utc(now),
                        gone == null ? null : CaseFiles.utc(gone));
    }

    private static CaseEvent event(Instant now, String kind, String owner, VerifyingKey key) {
        return new CaseEvent(now, null, null, null, kind, owner, null, detail(key), digest(key));
    }

    private List<VerifyingKey> open(String owner) {
        return door.sql().query(OPEN, (row, number) -> key(row), owner);
    }

    /** All keys of this name, the newest first. */
    public List<VerifyingKey> of(String owner, String keyid) {
        return door.sql().query(OF_NAME, (row, number) -> key(row), owner, keyid);
    }

    /** @throws IllegalArgumentException when the row holds no key */
    static VerifyingKey key(ResultSet row) throws SQLException {
        String algorithm = row.getString("algorithm");
        return VerifyingKey.of(
                row.getString("keyid"),
                SignatureAlgorithm.find(algorithm)
                        .orElseThrow(() -> new IllegalArgumentException("there is no algorithm " + algorithm)),
                row.getString("pem"),
                CaseFiles.instant(row, "not_before"),
                CaseFiles.instant(row, "not_after"));
    }

    /** What its line in the evidence says of it. */
    static String detail(VerifyingKey key) {
        return "%s %s %s %s".formatted(key.keyid(), key.algorithm().id(), key.notBefore(), key.notAfter());
    }

    static byte[] digest(VerifyingKey key) {
        return StoredMessage.digestOf(key.pem().getBytes(StandardCharsets.US_ASCII));
    }

    /** All that tells a key from another, and when it counts. */
    public static String mark(VerifyingKey key) {
        return detail(key) + "\n" + key.pem();
    }
}
