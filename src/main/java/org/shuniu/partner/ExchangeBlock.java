package org.shuniu.partner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.VerifyingKey;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** Reads the key {@code exchange} of a partner.yaml: the profile of a region with which cases are exchanged. */
final class ExchangeBlock {

    /** Ends what is expected where only the region itself can give it. */
    static final String THEIRS = "; the region must send another";

    private static final String EXCHANGE = "exchange";
    private static final Set<String> KEYS = Set.of(
            "version",
            "party",
            "base",
            "files",
            "certificates",
            "keys",
            "allow",
            "limits",
            "order",
            "window",
            "directions",
            "contact");
    private static final Set<String> KEY_KEYS = Set.of(
            "keyid", "algorithm", "purpose", "not-before", "not-after", "public-key", "public-key-file", "removed-at");
    private static final Set<String> ALLOW_KEYS = Set.of("type", "to");
    private static final Set<String> CERTIFICATE_KEYS = Set.of("sha256", "ends", "removed-at");
    private static final Duration WINDOW = Duration.ofSeconds(300);
    private static final Duration WIDEST_WINDOW = Duration.ofSeconds(900);
    private static final DataSize MESSAGE = DataSize.ofKilobytes(256);
    private static final DataSize ATTACHMENT = DataSize.ofGigabytes(1);
    private static final int PER_MINUTE = 6_000;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final BlockReader block;

    ExchangeBlock(BlockReader block) {
        this.block = block;
    }

    Optional<ExchangeProfile> read() {
        if (!block.has(EXCHANGE)) {
            return Optional.empty();
        }
        block.requireKeys(EXCHANGE, KEYS);
        RegionFiles files = new RegionFiles(block, block.at(EXCHANGE, "files").asString(""));
        Set<ExchangeProfile.Direction> directions = directions();
        return Optional.of(new ExchangeProfile(
                block.number(EXCHANGE, "version"),
                party(),
                base(directions),
                certificates(files),
                keys(files),
                allowed(),
                limits(),
                order(),
                window(),
                directions,
                block.text(EXCHANGE, "contact")));
    }

    private String party() {
        String party = block.text(EXCHANGE, "party");
        if (!party.matches("urn:chx:[a-z0-9-]+:[a-z0-9-]+")) {
            fault("party", "no name of a party: " + party, "urn:chx:<region>:<system>");
        }
        return party;
    }

    private Set<ExchangeProfile.Direction> directions() {
        Set<ExchangeProfile.Direction> directions = EnumSet.noneOf(ExchangeProfile.Direction.class);
        for (String word : block.strings(EXCHANGE, "directions")) {
            switch (word) {
                case "push" -> directions.add(ExchangeProfile.Direction.PUSH);
                case "pull" -> directions.add(ExchangeProfile.Direction.PULL);
                default -> fault("directions", "an unknown word: " + word, "push, pull or both");
            }
        }
        if (block.strings(EXCHANGE, "directions").isEmpty()) {
            fault("directions", "nothing", "push, pull or both");
        }
        return directions;
    }

    private Optional<URI> base(Set<ExchangeProfile.Direction> directions) {
        if (!block.has(EXCHANGE, "base")) {
            if (directions.contains(ExchangeProfile.Direction.PUSH)) {
                fault("base", "nothing", "the https address that direction push needs");
            }
            return Optional.empty();
        }
        try {
            URI base = URI.create(block.text(EXCHANGE, "base"));
            if ("https".equals(base.getScheme()) && base.getHost() != null && base.getQuery() == null) {
                return Optional.of(base);
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, like every other address that can't be used.
        }
        fault(
                "base",
                "no https address: " + block.at(EXCHANGE, "base").asString(""),
                "https://host/path, without a query");
        return Optional.empty();
    }

    /** An entry is a fingerprint, or one with what is known of it. */
    private Map<String, ExchangeProfile.Certificate> certificates(RegionFiles files) {
        Map<String, ExchangeProfile.Certificate> certificates = new TreeMap<>(files.certificates());
        JsonNode list = block.at(EXCHANGE, "certificates");
        for (int i = 0; i < list.size(); i++) {
            JsonNode entry = list.get(i);
            String place = "certificates[%d]".formatted(i);
            requireKeys(place, entry, CERTIFICATE_KEYS);
            String said = (entry.isObject() ? entry.path("sha256") : entry).asString("");
            String hex = fingerprint(said);
            if (!hex.matches("[0-9a-f]{64}")) {
                fault(
                        place,
                        "no fingerprint: " + said,
                        "SHA-256 of the client certificate, 64 hexadecimal digits" + THEIRS);
            }
            certificates.put(
                    hex,
                    new ExchangeProfile.Certificate(moment(place, entry, "ends"), moment(place, entry, "removed-at")));
        }
        if (certificates.isEmpty() && !files.named()) {
            fault("certificates", "nothing", "the SHA-256 of at least one client certificate");
        }
        return certificates;
    }

    /** As profiles compare them, however it was written. */
    static String fingerprint(String text) {
        return text.replace(":", "").toLowerCase(Locale.ROOT);
    }

    private void requireKeys(String place, JsonNode entry, Set<String> keys) {
        block.requireKeys(EXCHANGE + "." + place, entry, keys);
    }

    private Optional<Instant> moment(String place, JsonNode entry, String name) {
        if (!entry.has(name)) {
            return Optional.empty();
        }
        String text = entry.path(name).asString("");
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException malformed) {
            fault(place + "." + name, "no moment: " + text, "a moment such as 2026-09-01T10:00:00+08:00");
            return Optional.of(Instant.EPOCH);
        }
    }

    private Map<String, ExchangeProfile.Key> keys(RegionFiles files) {
        Map<String, ExchangeProfile.Key> keys = new TreeMap<>(files.keys());
        JsonNode list = block.at(EXCHANGE, "keys");
        for (int i = 0; i < list.size(); i++) {
            JsonNode entry = list.get(i);
            String place = "keys[%d]".formatted(i);
            requireKeys(place, entry, KEY_KEYS);
            String keyid = entry.path("keyid").asString("");
            if (!isKeyid(keyid)) {
                fault(place + ".keyid", "no keyid: " + keyid, "1 to 64 of A-Z, a-z, 0-9, dot, underscore and hyphen");
            }
            key(place, keyid, entry).ifPresent(key -> {
                if (keys.put(keyid, key) != null) {
                    fault(place + ".keyid", "a keyid that stands twice", "a keyid for each key");
                }
            });
        }
        if (list.isEmpty() && !files.named()) {
            fault("keys", "nothing", "at least one signing key");
        }
        return keys;
    }

    static boolean isKeyid(String text) {
        return text.matches("[A-Za-z0-9._-]{1,64}");
    }

    private Optional<ExchangeProfile.Key> key(String place, String keyid, JsonNode entry) {
        Optional<SignatureAlgorithm> algorithm =
                SignatureAlgorithm.find(entry.path("algorithm").asString(""));
        if (algorithm.isEmpty()) {
            fault(
                    place + ".algorithm",
                    "an unknown algorithm: " + entry.path("algorithm").asString(""),
                    "sm2-sm3, ed25519 or ecdsa-p256-sha256");
            return Optional.empty();
        }
        Set<ExchangeProfile.Purpose> purposes = purposes(place, entry);
        Instant from = day(place + ".not-before", entry.path("not-before").asString(""));
        Instant to = day(place + ".not-after", entry.path("not-after").asString(""));
        if (!from.isBefore(to)) {
            fault(place + ".not-after", "a day that is not after not-before", "a later day");
        }
        try {
            String pem = pem(entry);
            return Optional.of(new ExchangeProfile.Key(
                    VerifyingKey.of(keyid, algorithm.get(), pem, from, to),
                    purposes,
                    moment(place, entry, "removed-at")));
        } catch (IllegalArgumentException unusable) {
            fault(place + ".public-key", unusable.getMessage(), "what openssl pkey -pubout writes" + THEIRS);
        } catch (IOException unreadable) {
            fault(
                    place + ".public-key-file",
                    "no file that can be read: " + entry.path("public-key-file").asString(""),
                    "a file of PEM");
        }
        return Optional.empty();
    }

    private static String pem(JsonNode entry) throws IOException {
        return entry.has("public-key-file")
                ? Files.readString(Path.of(entry.path("public-key-file").asString("")))
                : entry.path("public-key").asString("");
    }

    private Set<ExchangeProfile.Purpose> purposes(String place, JsonNode entry) {
        Set<ExchangeProfile.Purpose> purposes = EnumSet.noneOf(ExchangeProfile.Purpose.class);
        for (JsonNode word : entry.path("purpose")) {
            switch (word.asString("")) {
                case "message" -> purposes.add(ExchangeProfile.Purpose.MESSAGE);
                case "receipt" -> purposes.add(ExchangeProfile.Purpose.RECEIPT);
                default ->
                    fault(place + ".purpose", "an unknown word: " + word.asString(""), "message, receipt or both");
            }
        }
        if (purposes.isEmpty()) {
            fault(place + ".purpose", "nothing", "[message], [receipt] or both");
        }
        return purposes;
    }

    /** A day begins at midnight in Shanghai. */
    private Instant day(String place, String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(SHANGHAI).toInstant();
        } catch (DateTimeParseException malformed) {
            fault(place, "no day: " + text, "a day such as 2026-09-01");
            return Instant.EPOCH;
        }
    }

    private Map<String, Set<String>> allowed() {
        Map<String, Set<String>> allowed = new HashMap<>();
        JsonNode list = block.at(EXCHANGE, "allow");
        for (int i = 0; i < list.size(); i++) {
            requireKeys("allow[%d]".formatted(i), list.get(i), ALLOW_KEYS);
            String type = list.get(i).path("type").asString("");
            Set<String> receivers = new HashSet<>();
            list.get(i).path("to").forEach(receiver -> receivers.add(receiver.asString("")));
            boolean readable = type.matches("[a-z0-9.-]+") && !receivers.isEmpty() && !receivers.contains("");
            if (!readable || allowed.put(type, receivers) != null) {
                fault(
                        "allow[%d]".formatted(i),
                        "no rule, or one for a type that has one",
                        "{type: …, to: [receiver, …]}");
            }
        }
        return allowed;
    }

    private ExchangeProfile.Limits limits() {
        if (block.has(EXCHANGE, "limits")) {
            block.requireKeys(EXCHANGE + ".limits", Set.of("message", "attachment", "per-minute"));
        }
        return new ExchangeProfile.Limits(
                size(MESSAGE, "message"),
                size(ATTACHMENT, "attachment"),
                block.number(PER_MINUTE, EXCHANGE, "limits", "per-minute"));
    }

    private long size(DataSize byDefault, String name) {
        if (!block.has(EXCHANGE, "limits", name)) {
            return byDefault.toBytes();
        }
        try {
            return DataSize.parse(block.text(EXCHANGE, "limits", name)).toBytes();
        } catch (IllegalArgumentException malformed) {
            fault("limits." + name, "no size", "a number with a unit, such as 256KB");
            return byDefault.toBytes();
        }
    }

    private ExchangeProfile.Order order() {
        return switch (block.at(EXCHANGE, "order").asString("strict")) {
            case "strict" -> ExchangeProfile.Order.STRICT;
            case "lenient" -> ExchangeProfile.Order.LENIENT;
            default -> {
                fault("order", "an unknown word", "strict or lenient");
                yield ExchangeProfile.Order.STRICT;
            }
        };
    }

    private Duration window() {
        Duration window = block.duration(WINDOW, EXCHANGE, "window");
        if (window.compareTo(WIDEST_WINDOW) > 0) {
            fault("window", "a window in which replays are easy", "at most 900s");
        }
        return window;
    }

    /** Two regions with one certificate: nobody could tell who called. Each fault under both ids. */
    static Map<String, Fault> shared(Collection<Partner> partners, Function<String, Path> files) {
        Map<String, String> owners = new HashMap<>();
        Map<String, Fault> faults = new TreeMap<>();
        for (Partner partner : partners) {
            for (String certificate :
                    partner.exchange().map(ExchangeProfile::fingerprints).orElse(Set.of())) {
                String other = owners.putIfAbsent(certificate, partner.id());
                if (other != null) {
                    Fault fault = Fault.ofKey(
                            files.apply(partner.id()),
                            EXCHANGE + ".certificates",
                            "found %s, which %s has too".formatted(certificate, other),
                            "one for each region");
                    faults.put(partner.id(), fault);
                    faults.put(other, fault);
                }
            }
        }
        return faults;
    }

    private void fault(String key, String found, String expected) {
        block.fault(EXCHANGE + "." + key, found, expected);
    }
}
