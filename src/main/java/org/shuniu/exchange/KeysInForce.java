package org.shuniu.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.evidence.KeyRegister;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.VerifyingKey;

/** Keeps the public keys of all regions whose profiles are in force, and ends those of a region that is gone. */
final class KeysInForce {

    private final KeyRegister register;
    private Map<String, List<String>> kept = Map.of();

    KeysInForce(KeyRegister register) {
        this.register = register;
    }

    /** What could not be kept because the database was away is kept the next time; what another process reads is its own. */
    void keep(Map<String, ExchangeProfile> inForce) {
        Map<String, List<String>> now = new HashMap<>();
        inForce.forEach((region, profile) ->
                now.put(region, keys(profile).stream().map(KeysInForce::mark).toList()));
        if (now.equals(kept)) {
            return;
        }
        inForce.forEach((region, profile) -> register.keep(region, keys(profile)));
        kept.keySet().stream()
                .filter(region -> !inForce.containsKey(region))
                .forEach(region -> register.keep(region, List.of()));
        kept = now;
    }

    private static List<VerifyingKey> keys(ExchangeProfile profile) {
        return profile.keys().values().stream()
                .filter(key -> key.removedAt().isEmpty())
                .map(ExchangeProfile.Key::verifying)
                .toList();
    }

    private static String mark(VerifyingKey key) {
        return "%s %s %s %s".formatted(key.keyid(), key.notBefore(), key.notAfter(), key.pem());
    }
}
