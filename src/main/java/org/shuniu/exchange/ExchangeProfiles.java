package org.shuniu.exchange;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.shuniu.audit.AuditLog;
import org.shuniu.evidence.KeyRegister;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnersRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profiles in force: partners' files are read anew while the hub runs, so that a key that was removed is dead soon. What
 * has a fault is refused whole, and the profiles stay as they were.
 */
final class ExchangeProfiles implements AutoCloseable {

    /** A region and its profile. */
    record Region(String partner, ExchangeProfile profile) {}

    private record Known(Map<String, ExchangeProfile> byPartner, Map<String, Region> byCertificate) {}

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeProfiles.class);
    private static final long EVERY_SECONDS = 10;
    private static final String ACTOR = "hub";

    private final Path routes;
    private final UnaryOperator<String> placeholders;
    private final AuditLog audit;
    private final KeyRegister keys;
    private final ScheduledExecutorService clockwork;
    private volatile Known known;
    private String lastFault = "";

    ExchangeProfiles(
            PartnerDirectory partners,
            Path routes,
            UnaryOperator<String> placeholders,
            AuditLog audit,
            KeyRegister keys) {
        this.routes = routes;
        this.placeholders = placeholders;
        this.audit = audit;
        this.keys = keys;
        this.known = known(partners);
        keepKeys(known, known);
        this.clockwork = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "exchange-profiles");
            thread.setDaemon(true);
            return thread;
        });
        clockwork.scheduleWithFixedDelay(this::lookAgain, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** @throws IllegalArgumentException when two regions share a certificate: nobody could tell who called */
    private static Known known(PartnerDirectory partners) {
        Map<String, ExchangeProfile> byPartner = new HashMap<>();
        Map<String, Region> byCertificate = new HashMap<>();
        for (Partner partner : partners.all()) {
            partner.exchange().ifPresent(profile -> {
                byPartner.put(partner.id(), profile);
                for (String certificate : profile.certificates()) {
                    Region other = byCertificate.put(certificate, new Region(partner.id(), profile));
                    if (other != null) {
                        throw new IllegalArgumentException(
                                "exchange.certificates: %s and %s have the same certificate; expected one for each"
                                        .formatted(other.partner(), partner.id()));
                    }
                }
            });
        }
        return new Known(Map.copyOf(byPartner), Map.copyOf(byCertificate));
    }

    /** Reads all partners' files now. */
    synchronized void lookAgain() {
        try {
            Known before = known;
            Known now = known(PartnerDirectory.load(routes, placeholders));
            known = now;
            lastFault = "";
            // Each time, since the database may have been away when they changed.
            keepKeys(before, now);
            now.byPartner().forEach((partner, profile) -> {
                ExchangeProfile old = before.byPartner().get(partner);
                if (old == null || differs(old, profile)) {
                    audit.record(
                            ACTOR,
                            "exchange-profile",
                            partner,
                            "version %d, keys %s".formatted(profile.version(), profile.keyids()));
                }
            });
        } catch (PartnersRefused | IllegalArgumentException faulty) {
            refuse(faulty.getMessage());
        } catch (RuntimeException failure) {
            LOG.warn(
                    "The exchange profiles could not be read: {}",
                    failure.getClass().getSimpleName());
        }
    }

    private void keepKeys(Known before, Known now) {
        now.byPartner()
                .forEach((partner, profile) -> keys.keep(
                        partner,
                        profile.keys().values().stream()
                                .map(ExchangeProfile.Key::verifying)
                                .toList()));
        before.byPartner().keySet().stream()
                .filter(partner -> !now.byPartner().containsKey(partner))
                .forEach(partner -> keys.keep(partner, List.of()));
    }

    private static boolean differs(ExchangeProfile old, ExchangeProfile now) {
        return old.version() != now.version()
                || !publicKeys(old).equals(publicKeys(now))
                || !old.certificates().equals(now.certificates())
                || !old.allowed().equals(now.allowed())
                || old.order() != now.order();
    }

    private static Map<String, String> publicKeys(ExchangeProfile profile) {
        Map<String, String> keys = new HashMap<>();
        profile.keys().forEach((keyid, key) -> keys.put(keyid, key.verifying().pem()));
        return keys;
    }

    private void refuse(String fault) {
        if (!fault.equals(lastFault)) {
            lastFault = fault;
            LOG.warn("The changed exchange profiles are refused, the old ones stay: {}", fault);
            audit.record(ACTOR, "exchange-profile-refused", "exchange", fault);
        }
    }

    /** What is agreed with this partner, where it is a region. */
    Optional<ExchangeProfile> of(String partner) {
        return Optional.ofNullable(known.byPartner().get(partner));
    }

    /** Whose client certificate this is. */
    Optional<Region> byCertificate(String fingerprint) {
        return Optional.ofNullable(known.byCertificate().get(fingerprint));
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
    }
}
