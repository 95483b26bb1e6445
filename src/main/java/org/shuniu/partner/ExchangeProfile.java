package org.shuniu.partner;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.shuniu.signature.VerifyingKey;

/**
 * What the hub and the hub of another region agreed on for exchanging cases (CHX/1); what is not allowed here is refused.
 *
 * @param version rises with every change
 * @param party the partner's name in envelopes, such as {@code urn:chx:anhui:hub}
 * @param base where its entry is, when messages are pushed to it
 * @param certificates its client certificates by their SHA-256 in lower-case hexadecimal digits
 * @param keys its signing keys by keyid; what is not here any more, or was removed, is dead
 * @param allowed types of messages, each with the receivers that it may be for
 * @param order what becomes of a message that is not the next of its case
 * @param window how far a signature's {@code created} may be from the hub's clock
 * @param contact whom operators call
 */
public record ExchangeProfile(
        int version,
        String party,
        Optional<URI> base,
        Map<String, Certificate> certificates,
        Map<String, Key> keys,
        Map<String, Set<String>> allowed,
        Limits limits,
        Order order,
        Duration window,
        Set<Direction> directions,
        String contact) {

    /**
     * By which a certificate is registered.
     *
     * @param certificate in DER
     */
    public static String fingerprint(byte[] certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a key may sign. */
    public enum Purpose {
        /** Requests. */
        MESSAGE,
        /** Receipts and evidence. */
        RECEIPT
    }

    /** How messages get to the partner. */
    public enum Direction {
        /** The hub calls it. */
        PUSH,
        /** It reads its inbox. */
        PULL
    }

    /** What becomes of a message whose number is not the next of its case ({@code chxseq}). */
    public enum Order {
        /** It is to be sent again once the earlier ones are here. */
        STRICT,
        /** It is taken; what comes after it with a lower number changes nothing any more. */
        LENIENT
    }

    /**
     * A client certificate of the partner's.
     *
     * @param ends when it is over by itself, where that is on file
     * @param removedAt when it was taken back; it is dead whatever this says
     */
    public record Certificate(Optional<Instant> ends, Optional<Instant> removedAt) {}

    /**
     * A signing key of the partner's.
     *
     * @param removedAt when it was taken back; it is dead whatever this says, and stays on file for what it signed before
     */
    public record Key(VerifyingKey verifying, Set<Purpose> purposes, Optional<Instant> removedAt) {}

    /**
     * @param messageBytes the largest message
     * @param attachmentBytes the largest attachment
     * @param perMinute requests, above which it is answered 429
     */
    public record Limits(long messageBytes, long attachmentBytes, int perMinute) {}

    /** Any receiver. */
    public static final String ANY = "*";

    /** The registered key, when it may sign this. */
    public Optional<VerifyingKey> key(String keyid, Purpose purpose) {
        return Optional.ofNullable(keys.get(keyid))
                .filter(key -> key.removedAt().isEmpty())
                .filter(key -> key.purposes().contains(purpose))
                .map(Key::verifying);
    }

    /** The same with these keys only. */
    public ExchangeProfile withKeys(Predicate<Key> these) {
        Map<String, Key> left = keys.entrySet().stream()
                .filter(key -> these.test(key.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ExchangeProfile(
                version, party, base, certificates, left, allowed, limits, order, window, directions, contact);
    }

    /** Whether a message of this type may be for this receiver. */
    public boolean allows(String type, String receiver) {
        Set<String> receivers = allowed.getOrDefault(type, Set.of());
        return receivers.contains(ANY) || receivers.contains(receiver);
    }

    /** The certificates that it may show. */
    public Set<String> fingerprints() {
        return certificates.entrySet().stream()
                .filter(certificate -> certificate.getValue().removedAt().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
