package org.shuniu.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shuniu.signature.SigningKey;

/**
 * The key that the hub signs by, and perhaps the one by which it will from a moment on. Which one signs follows from the
 * moment that is signed, so that a receipt and the name of its key agree.
 */
final class SigningKeys {

    /** The key that comes next. */
    record Next(SigningKey key, Instant from) {}

    private final SigningKey first;
    private final Optional<Next> next;

    private SigningKeys(SigningKey first, Optional<Next> next) {
        this.first = first;
        this.next = next;
    }

    static SigningKeys always(SigningKey key) {
        return new SigningKeys(key, Optional.empty());
    }

    static SigningKeys changing(SigningKey first, SigningKey next, Instant from) {
        return new SigningKeys(first, Optional.of(new Next(next, from)));
    }

    /** Those that sign now or will. */
    List<SigningKey> all() {
        return next.map(later -> List.of(first, later.key())).orElse(List.of(first));
    }

    SigningKey at(Instant moment) {
        return next.filter(later -> !moment.isBefore(later.from()))
                .map(Next::key)
                .orElse(first);
    }

    /** Since when the key of this moment signs, where that was agreed. */
    Optional<Instant> since(Instant moment) {
        return next.map(Next::from).filter(from -> !moment.isBefore(from));
    }

    /** The key that does not sign yet. */
    Optional<Next> announced(Instant now) {
        return next.filter(later -> now.isBefore(later.from()));
    }
}
