package org.shuniu.rotation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the master keys and takes up new ones while the hub runs. */
public final class KeyRotation {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final Duration READ_EVERY = Duration.ofSeconds(1);

    private final Secrets secrets;
    private final Pools.Door door;
    private final AuditLog audit;
    private final int wished;
    private final KeyRegister register;
    private final Vault vault;
    private final MonthKeys months;
    private final InstantSource clock;
    private long readAt = System.nanoTime() - READ_EVERY.toNanos();

    private KeyRotation(Secrets secrets, Pools.Door door, AuditLog audit, int wished, InstantSource clock) {
        this.clock = clock;
        this.secrets = secrets;
        this.door = door;
        this.audit = audit;
        this.wished = wished;
        this.register = new KeyRegister(door.sql());
        MasterKeys keys = MasterKeys.read(secrets);
        int current = keys.current(wished);
        register.check(keys);
        door.transaction().executeWithoutResult(status -> register.use(current, keys));
        this.months = new MonthKeys(door);
        this.vault =
                Vault.of(keys.byId(), current, HexFormat.of().parseHex(secrets.require("index-key")), months, clock);
        months.ahead(clock.instant());
        vault.whenMissing(this::readAgain);
    }

    /**
     * @param wished id of the key that seals; 0 takes the highest that is there
     * @throws KeysRefused when a key that stored values need is not there
     */
    public static KeyRotation start(Secrets secrets, Pools.Door door, AuditLog audit, int wished, InstantSource clock) {
        return new KeyRotation(secrets, door, audit, wished, clock);
    }

    public Vault vault() {
        return vault;
    }

    /**
     * Reads the secrets again and seals with the newest key from now on.
     *
     * @throws KeysRefused when there is no new key or one that is none; everything then stays as it is
     */
    synchronized int rotate(String operator) {
        MasterKeys keys = MasterKeys.read(secrets);
        int current = keys.current(wished);
        int before = vault.current();
        if (current == before) {
            throw new KeysRefused(
                    wished == 0
                            ? "There is no new key: key %d seals already; give the next one as the secret %s"
                                    .formatted(before, MasterKeys.secret(Math.min(before + 1, MasterKeys.LAST)))
                            : "shuniu.vault.current-key holds the hub to key %d".formatted(before));
        }
        register.check(keys);
        door.transaction().executeWithoutResult(status -> {
            register.use(current, keys);
            audit.record(operator, "rotate-key", "key " + current, "before: key " + before);
        });
        vault.exchange(keys.byId(), current);
        return current;
    }

    public MonthKeys months() {
        return months;
    }

    /** Keeps nothing in this process by which values of a month open whose secret is destroyed. */
    public void forget(int month) {
        months.forget(month);
        vault.forget(month);
    }

    /** Seals by the key by which another process seals since it was told of it; before, what is sealed here would still need the old one. */
    synchronized void follow() {
        months.destroyed().forEach(this::forget);
        months.ahead(clock.instant());
        if (register.sealing().filter(key -> key != vault.current()).isPresent()) {
            MasterKeys keys = MasterKeys.read(secrets);
            int current = keys.current(wished);
            if (register.sealing().filter(key -> key == current).isEmpty()) {
                throw new KeysRefused(
                        "Other processes of the hub seal by another key than key %d, which is the one that this one has"
                                .formatted(current));
            }
            register.check(keys);
            vault.exchange(keys.byId(), current);
            LOG.info("Key {} seals, as in other processes", current);
        }
    }

    /** To open what another process has sealed; which key seals here is asked later. */
    private synchronized void readAgain() {
        long now = System.nanoTime();
        if (now - readAt > READ_EVERY.toNanos()) {
            readAt = now;
            try {
                vault.exchange(MasterKeys.read(secrets).byId(), vault.current());
            } catch (KeysRefused unreadable) {
                LOG.warn("A value needs a key that is not here: {}", unreadable.getMessage());
            }
        }
    }

    KeyRegister register() {
        return register;
    }

    List<KeyRegister.Entry> entries() {
        return register.entries();
    }
}
