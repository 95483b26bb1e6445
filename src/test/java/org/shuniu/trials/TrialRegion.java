package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.shuniu.packaged.Workplace;
import org.shuniu.scenario.RegionPki;
import org.shuniu.scenario.WireMessage;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;

/** A region beside a trial's hub: keys and certificates, a hub of its own, and what it says over the exchange's port. */
final class TrialRegion implements AutoCloseable {

    static final String ID = "jiangsu";

    /** A division in which the region decides. */
    private static final String NANJING = "320106";

    private static final String OWN_FILES = "(?s)  # SHA-256 of the client certificate.*?  # Types of messages";

    private final int port = Workplace.freePort();
    private final RegionPki pki;
    private final Path files;
    private final FakeRegion hub;
    private volatile SigningKey key;
    private volatile SSLContext tls;

    private TrialRegion(Path directory) {
        this.pki = new RegionPki(directory);
        this.files = directory.resolve("registered");
        pki.certificate("region", "ca", "clientAuth,serverAuth", 30);
        pki.signingKey("city", "sm2-sm3");
        pki.signingKey("stranger", "ed25519");
        make("jiangsu-1", "ed25519");
        try {
            Files.createDirectory(files);
            Files.copy(pki.path("region.pem"), files.resolve("region.crt"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        register("jiangsu-1");
        key = key("jiangsu-1");
        tls = pki.tls("region");
        SigningKey stranger = SigningKey.of("jiangsu-1", SignatureAlgorithm.ED25519, pki.read("stranger.sign"));
        hub = new FakeRegion(tls, "urn:chx:jiangsu:hub", this::key, stranger);
    }

    /** @param trial its name in TRIALS.md */
    static TrialRegion of(String trial) {
        return new TrialRegion(Trial.emptied(Trial.ROOT.resolve("region-of-" + trial)));
    }

    /** Connects a trial's hub with the region, both ways; its items are decided where their applicants live. */
    void enter(HubProcess city) {
        city.set("shuniu.exchange.enabled", "true");
        city.set("shuniu.exchange.port", Integer.toString(port));
        city.set("shuniu.exchange.base", base());
        city.set("shuniu.exchange.party", "urn:chx:shanghai:hub");
        city.set("shuniu.exchange.certificate", pki.path("hub.pem").toString());
        city.set("shuniu.exchange.certificate-key", pki.path("hub.key").toString());
        city.set("shuniu.exchange.client-authorities", pki.path("ca.pem").toString());
        city.set("shuniu.exchange.keyid", "shanghai-1");
        city.set("shuniu.exchange.signing-key", pki.path("city.sign").toString());
        city.set("shuniu.partners.jiangsu.connected", "true");
        city.set("shuniu.partners.jiangsu.address", hub.address());
        String registered = "  files: %s\n  limits: {per-minute: 1000000}\n  # Types of messages".formatted(files);
        edit(city, OWN_FILES, Matcher.quoteReplacement(registered));
        edit(city, "probe-every: 30s", "probe-every: 1s");
        edit(city, "lag: 2h", "lag: 0s");
        decideInRegions(city.directory());
    }

    static void edit(HubProcess city, String pattern, String replacement) {
        city.edit("routes/%s/".formatted(ID), pattern, replacement);
    }

    /** Makes the trials' item one of the Delta. */
    static void decideInRegions(Path directory) {
        Path items = directory.resolve("mappings/catalogue/items.csv");
        try {
            Files.writeString(
                    items,
                    Files.readString(items)
                            .replaceAll(
                                    "(?m)^(" + LoadDriver.ECONOMY + ",.*,1,no),no,public,public,,",
                                    "$1,yes,public,public,made-up,"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An application that the region decides. */
    static String decidedThere(Seed seed) {
        return seed.application(LoadDriver.ECONOMY).replace("310101002", NANJING);
    }

    String base() {
        return "https://127.0.0.1:%d/partner/v1".formatted(port);
    }

    int port() {
        return port;
    }

    FakeRegion hub() {
        return hub;
    }

    SSLContext tls() {
        return tls;
    }

    /** What it shows where TLS is old. */
    SSLContext oldTls() {
        return pki.tls("region", "TLSv1.2");
    }

    void make(String keyid, String algorithm) {
        pki.signingKey(keyid, algorithm);
    }

    SigningKey key(String keyid) {
        SignatureAlgorithm algorithm = keyid.endsWith("sm2")
                ? SignatureAlgorithm.SM2_SM3
                : keyid.endsWith("ec") ? SignatureAlgorithm.ECDSA_P256_SHA256 : SignatureAlgorithm.ED25519;
        return SigningKey.of(keyid, algorithm, pki.read(keyid + ".sign"));
    }

    SigningKey key() {
        return key;
    }

    void register(String keyid) {
        copy(pki.path(keyid + ".pub"), files.resolve(keyid + ".pub"));
    }

    /** A further certificate, registered. */
    void showNext(String name) {
        pki.certificate(name, "ca", "clientAuth", 30);
        copy(pki.path(name + ".pem"), files.resolve(name + ".crt"));
    }

    private static void copy(Path from, Path to) {
        try {
            // Under its own name only once it is whole.
            Path part = to.resolveSibling(to.getFileName() + ".part");
            Files.copy(from, part);
            Files.move(part, to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Signs and shows what comes next from here on. */
    void change(String keyid, String certificate) {
        key = key(keyid);
        tls = pki.tls(certificate);
    }

    SSLContext tls(String certificate) {
        return pki.tls(certificate);
    }

    /** Takes a key or a certificate back. */
    void remove(String file) {
        try {
            Files.delete(files.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A message about a new case, which the city decides. */
    WireMessage message(String id, Seed seed) {
        return message(id, seed, "");
    }

    /** @param padding makes its envelope longer, which no department sees */
    WireMessage message(String id, Seed seed, String padding) {
        String number = "3200-" + id.substring(0, 13);
        String application =
                seed.application(LoadDriver.ECONOMY).replaceFirst("\\{", "{\"senderCaseNo\":\"" + number + "\",");
        return WireMessage.of(base(), key, id, """
                {"specversion":"1.0","id":"%s","source":"urn:chx:jiangsu:hub","type":"cn.shuniu.case.submitted.v1",\
                "subject":"case/%s","datacontenttype":"application/json","chxto":"urn:chx:shanghai:hub","chxseq":1,\
                "padding":"%s","data":%s}""".formatted(id, number, padding, application));
    }

    WireMessage reading(String path) {
        return WireMessage.reading(base(), key, path);
    }

    /** Signs for a message that it fetched. */
    WireMessage acceptance(String messageId, String digest, String lease) {
        return WireMessage.posted(
                base(),
                key,
                "/inbox/%s/receipt?lease=%s".formatted(messageId, lease),
                UUID.randomUUID().toString(),
                "application/json",
                "{\"kind\":\"ACCEPTED\",\"messageId\":\"%s\",\"contentDigest\":\"%s\"}".formatted(messageId, digest));
    }

    /** Blames what was accepted and is not on the hub's record once, and in the departments' ledgers once. */
    void compare(Trial trial, Set<String> accepted) {
        Map<String, String> kept = trial
                .database()
                .rows("select idempotency_key, id::text from exchange_message where partner = ?", ID)
                .stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
        Map<String, Long> effects = Departments.ALL.stream()
                .flatMap(partner -> trial.departments().ledger(partner).stream())
                .collect(Collectors.groupingBy(Departments.Effect::messageId, Collectors.counting()));
        Set<String> lost = new TreeSet<>(accepted);
        lost.removeAll(kept.keySet());
        Set<String> invented = new TreeSet<>(kept.keySet());
        invented.removeAll(accepted);
        List<String> notOnce = kept.entrySet().stream()
                .filter(entry -> effects.getOrDefault(entry.getValue(), 0L) != 1)
                .map(Map.Entry::getKey)
                .toList();
        trial.note("messages of the region", accepted.size())
                .note("messages that the region has", hub.ledger().size());
        blame(trial, "I1: accepted by the exchange and not on record", lost);
        blame(trial, "I2: on record, and the region has no receipt", invented);
        blame(trial, "I3: messages of the region without exactly one effect", notOnce);
    }

    /** Blames what the city calls delivered and the region does not have, and the other way round. */
    void compareLedger(Trial trial) {
        Set<String> delivered = trial
                .database()
                .rows("select message_id::text from delivery where receiver = ? and state = 'delivered'", ID)
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>(hub.ledger());
        Set<String> lost = new TreeSet<>(delivered);
        lost.removeAll(there);
        there.removeAll(delivered);
        blame(trial, "I1: delivered, and the region does not have it", lost);
        blame(trial, "I2: the region has it, and it is not delivered", there);
    }

    static void blame(Trial trial, String what, Collection<String> ids) {
        if (!ids.isEmpty()) {
            trial.blame("%s: %d, such as %s"
                    .formatted(what, ids.size(), ids.iterator().next()));
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
