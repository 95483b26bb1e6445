package org.shuniu.exchange;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shuniu.evidence.KeyRegister;
import org.shuniu.partner.ExchangeProfile;

/** Keeps the public keys of all regions whose profiles are in force, and ends those of a region that is gone. */
final class RegionKeys {

    private final KeyRegister register;
    private Set<String> known = Set.of();

    RegionKeys(KeyRegister register) {
        this.register = register;
    }

    /** Each time, since the database may have been away when they changed. */
    void keep(Map<String, ExchangeProfile> inForce) {
        inForce.forEach((region, profile) -> register.keep(
                region,
                profile.keys().values().stream()
                        .filter(key -> key.removedAt().isEmpty())
                        .map(ExchangeProfile.Key::verifying)
                        .toList()));
        known.stream()
                .filter(region -> !inForce.containsKey(region))
                .forEach(region -> register.keep(region, List.of()));
        known = Set.copyOf(inForce.keySet());
    }
}
