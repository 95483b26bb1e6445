package org.shuniu.exchange;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.shuniu.evidence.KeyRegister;
import org.shuniu.fault.Fault;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profiles in force: partners' files are read anew while the hub runs, so that a key that was removed is dead soon; a key
 * that is new counts once it is on record, without which nobody could verify later what it signed. The profile of a region
 * whose file has a fault stays as it was; nobody else's waits for that.
 */
final class ExchangeProfiles {

    /** A region and its profile. */
    record Region(String partner, ExchangeProfile profile) {}

    private record Known(Map<String, ExchangeProfile> byPartner, Map<String, Region> byCertificate) {}

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeProfiles.class);

    private final Path routes;
    private final UnaryOperator<String> placeholders;
    private final Consumer<Map<String, ExchangeProfile>> history;
    private final Told told;
    private final PartnerDirectory partners;

    /** As the files say. */
    private volatile Map<String, ExchangeProfile> read;

    private Map<String, ExchangeProfile> recorded = Map.of();
    private volatile Known known;
    private volatile Map<String, List<Fault>> faults = Map.of();
    private volatile Set<String> waiting = Set.of();
    private String lastTold = "";
    private Set<String> waitingTold = Set.of();

    /**
     * Nobody's key counts before {@link #record()}.
     *
     * @param history takes all profiles as they are read
     * @param told hears of what is refused
     */
    ExchangeProfiles(
            PartnerDirectory partners,
            Path routes,
            UnaryOperator<String> placeholders,
            Consumer<Map<String, ExchangeProfile>> history,
            Told told) {
        this.routes = routes;
        this.placeholders = placeholders;
        this.history = history;
        this.told = told;
        Map<String, ExchangeProfile> profiles = new HashMap<>();
        partners.all().forEach(partner -> partner.exchange().ifPresent(profile -> profiles.put(partner.id(), profile)));
        this.partners = partners;
        this.read = profiles;
        this.known = known(onRecord());
    }

    /** Regions that have routes and a channel here: by the start, or by a swap since. */
    private Set<String> started() {
        return partners.all().stream()
                .filter(partner -> partner.exchange().isPresent())
                .map(Partner::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The profiles as they are read, but with no key that is not on record. */
    private Map<String, ExchangeProfile> onRecord() {
        Map<String, ExchangeProfile> profiles = new HashMap<>();
        read.forEach((partner, profile) -> profiles.put(partner, profile.withKeys(key -> isOnRecord(partner, key))));
        return profiles;
    }

    private boolean isOnRecord(String partner, ExchangeProfile.Key key) {
        ExchangeProfile profile = recorded.get(partner);
        return profile != null
                && Optional.ofNullable(profile.keys().get(key.verifying().keyid()))
                        .filter(one -> one.removedAt().equals(key.removedAt()))
                        .filter(one -> KeyRegister.mark(one.verifying()).equals(KeyRegister.mark(key.verifying())))
                        .isPresent();
    }

    /** With a certificate of two regions nobody gets in: who called could not be told. */
    private static Known known(Map<String, ExchangeProfile> byPartner) {
        Map<String, Region> byCertificate = new HashMap<>();
        Set<String> ofTwo = new HashSet<>();
        byPartner.forEach((partner, profile) -> profile.fingerprints().forEach(certificate -> {
            if (byCertificate.put(certificate, new Region(partner, profile)) != null) {
                ofTwo.add(certificate);
            }
        }));
        byCertificate.keySet().removeAll(ofTwo);
        return new Known(Map.copyOf(byPartner), Map.copyOf(byCertificate));
    }

    /** Reads all partners' files now; what was removed is dead from here on. */
    synchronized void lookAgain() {
        PartnerDirectory.Look look = PartnerDirectory.look(routes, placeholders, Map.of());
        read = merged(look);
        known = known(onRecord());
        faults = look.faults();
        Set<String> started = started();
        waiting = look.partners().values().stream()
                .filter(partner -> partner.exchange().isPresent() && !started.contains(partner.id()))
                .map(Partner::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Partners whose files have a fault now; what was agreed before stays in force. */
    Set<String> refused() {
        return new TreeSet<>(faults.keySet());
    }

    /** Regions that were connected while the hub runs: without routes and a channel nothing of theirs can be taken in. */
    Set<String> waiting() {
        return waiting;
    }

    /** Records what is new and what is refused. A database that does not answer holds up this, and never the reading. */
    void record() {
        tell(faults.values().stream().flatMap(List::stream).map(Fault::toString).collect(Collectors.joining("\n")));
        tellOf(waiting);
        Map<String, ExchangeProfile> now = read;
        if (now != recorded) {
            history.accept(now);
            takeUp(now);
        }
    }

    private synchronized void takeUp(Map<String, ExchangeProfile> now) {
        recorded = now;
        known = known(onRecord());
    }

    private Map<String, ExchangeProfile> merged(PartnerDirectory.Look look) {
        Map<String, ExchangeProfile> profiles = new HashMap<>();
        for (String id : started()) {
            Optional<ExchangeProfile> now = look.faults().containsKey(id)
                    ? Optional.ofNullable(read.get(id))
                    : Optional.ofNullable(look.partners().get(id)).flatMap(Partner::exchange);
            now.ifPresent(profile -> profiles.put(id, profile));
        }
        return profiles;
    }

    private void tell(String now) {
        if (!now.isEmpty() && !now.equals(lastTold)) {
            LOG.warn("Changed exchange profiles are refused, the old ones stay: {}", now);
            told.record("exchange-profile-refused", "exchange", now);
        }
        lastTold = now;
    }

    private void tellOf(Set<String> now) {
        for (String region : now) {
            if (!waitingTold.contains(region)) {
                told.record("exchange-region-waits", region, "it gets in after the next swap, or the hub's next start");
                LOG.warn(
                        "Region {} was connected while the hub runs: it has no routes and no channel here, and gets in after the next swap or start",
                        region);
            }
        }
        waitingTold = now;
    }

    /** What is agreed with this partner, where it is a region. */
    Optional<ExchangeProfile> of(String partner) {
        return Optional.ofNullable(known.byPartner().get(partner));
    }

    /** Whose client certificate this is. */
    Optional<Region> byCertificate(String fingerprint) {
        return Optional.ofNullable(known.byCertificate().get(fingerprint));
    }
}
