package org.shuniu.exchange;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.shuniu.evidence.KeyRegister;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.VerifyingKey;

/** Keeps the public keys of all regions whose profiles are read, and ends those of a region that is gone. */
final class KeysInForce {

    private final KeyRegister register;
    /** Nothing before the first time, when the register says whose keys it holds for open. */
    private Map<String, List<String>> kept;

    KeysInForce(KeyRegister register) {
        this.register = register;
    }

    /** What could not be kept because the database was away is kept the next time; what another process reads is its own. */
    void keep(Map<String, ExchangeProfile> inForce) {
        Map<String, List<String>> now = new HashMap<>();
        inForce.forEach((region, profile) -> now.put(
                region,
                Stream.concat(keys(profile).stream(), earlier(profile).stream())
                        .map(KeyRegister::mark)
                        .toList()));
        if (now.equals(kept)) {
            return;
        }
        inForce.forEach((region, profile) -> {
            register.keepEarlier(region, earlier(profile));
            register.keep(region, keys(profile));
        });
        Collection<String> before = kept == null ? register.regions() : kept.keySet();
        before.stream()
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

    /** What was taken back, for what it signed until then. */
    private static List<VerifyingKey> earlier(ExchangeProfile profile) {
        return profile.keys().values().stream()
                .filter(key -> key.removedAt().isPresent())
                .map(key -> until(key.verifying(), key.removedAt().get()))
                .toList();
    }

    private static VerifyingKey until(VerifyingKey key, Instant removed) {
        Instant end = removed.isBefore(key.notAfter()) ? removed : key.notAfter();
        return VerifyingKey.of(key.keyid(), key.algorithm(), key.pem(), key.notBefore(), end);
    }
}
