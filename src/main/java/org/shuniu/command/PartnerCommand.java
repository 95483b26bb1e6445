package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.ProfileFile;

/**
 * Adds a region with which cases are exchanged, checks what is agreed with one or all, and adds and removes their keys and
 * certificates. It works on files alone: a hub that runs reads them again by itself, and audits what then counts.
 */
final class PartnerCommand implements Command {

    private static final String USAGE = """
            partner check [ID]
            partner add ID --name-zh=… --name-en=… --division=35 --contact=… --certificate=FILE --key=KEYID.pub
                [--base=https://…/partner/v1] [--allow=TYPE=RECEIVER,…]… [--party=urn:chx:ID:hub] [--directions=push,pull]
                [--purpose=message,receipt] [--from=DAY] [--until=DAY] [--like=ID]
            partner rotate ID [--key=KEYID.pub [--purpose=message,receipt] [--from=DAY] [--until=DAY]] [--certificate=FILE]
            partner revoke ID [--key=KEYID] [--certificate=FILE-OR-SHA-256]
            with any of the hub's settings, such as --shuniu.routes-dir=DIRECTORY
            """;
    private static final String WITHIN = "A hub that runs knows it within 60 s, and audits it as exchange-profile.";
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int YEARS = 2;

    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    PartnerCommand() {
        this(Clock.systemUTC(), System.out, System.err);
    }

    PartnerCommand(Clock clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    @Override
    public int run(String[] options) {
        try {
            PartnerWords words = new PartnerWords(options);
            try (CommandSettings settings = CommandSettings.of(words.ofTheHub())) {
                return run(
                        words,
                        new Installation(
                                settings.bind("shuniu", HubProperties.class),
                                settings.file("shuniu.exchange.client-authorities"),
                                Stream.of("shuniu.exchange.certificate", "shuniu.exchange.client-certificate")
                                        .flatMap(setting -> settings.file(setting).stream())
                                        .toList(),
                                settings.placeholders()));
            }
        } catch (PartnerWords.Unclear unclear) {
            err.println(unclear.getMessage());
            err.print(USAGE);
            return 2;
        } catch (IOException | RuntimeException unusable) {
            err.println("Not done: " + unusable.getMessage());
            return 2;
        }
    }

    /**
     * What the command works on.
     *
     * @param authorities whom the exchange's port trusts, where that is said
     * @param shown the hub's own certificates
     */
    record Installation(
            HubProperties hub, Optional<Path> authorities, List<Path> shown, UnaryOperator<String> placeholders) {

        PartnerDirectory.Look look(Map<String, String> instead) {
            return PartnerDirectory.look(hub.routesDir(), placeholders, instead);
        }

        ProfileFile file(String id) throws IOException {
            return ProfileFile.read(PartnerDirectory.file(hub.routesDir(), id), placeholders);
        }
    }

    private int run(PartnerWords words, Installation place) throws IOException {
        return switch (words.action()) {
            case "check" -> new RegionCheck(place, clock.instant(), out).run(words.partner());
            case "add" -> add(words, place);
            case "rotate" -> rotate(words, place);
            case "revoke" -> revoke(words, place);
            default ->
                throw new PartnerWords.Unclear("partner: found %s, expected one of check, add, rotate, revoke"
                        .formatted(words.action().isEmpty() ? "nothing" : words.action()));
        };
    }

    private int add(PartnerWords words, Installation place) throws IOException {
        List<String> faults = new ArrayList<>();
        RegionFolders folders = new RegionFolders(place, words, faults);
        List<RegionPapers.Known> certificates = certificates(words, place, faults);
        List<ProfileFile.NewKey> keys = keys(words, faults);
        if (certificates.isEmpty() && keys.isEmpty() && faults.isEmpty()) {
            throw new PartnerWords.Unclear("partner add: expected --certificate and --key, which the region has sent");
        }
        folders.prepare(certificates, keys);
        if (faults.isEmpty()) {
            faults.addAll(
                    place.look(Map.of(folders.id(), folders.block())).faults().getOrDefault(folders.id(), List.of()));
        }
        if (!faults.isEmpty()) {
            return refused(faults);
        }
        folders.write(out);
        return 0;
    }

    private int rotate(PartnerWords words, Installation place) throws IOException {
        String id = words.requirePartner();
        List<String> faults = new ArrayList<>();
        List<RegionPapers.Known> certificates = certificates(words, place, faults);
        List<ProfileFile.NewKey> keys = keys(words, faults);
        if (certificates.isEmpty() && keys.isEmpty() && faults.isEmpty()) {
            throw new PartnerWords.Unclear("partner rotate: expected --key, --certificate or both");
        }
        ExchangeProfile profile = profile(id, place);
        keys.forEach(key -> requireFree(id, profile, key, faults));
        certificates.forEach(one -> requireNew(one.sha256(), place, faults));
        if (!faults.isEmpty()) {
            return refused(faults);
        }
        ProfileFile file = place.file(id);
        Optional<PaperFolder> folder = PaperFolder.of(file);
        if (folder.isPresent()) {
            folder.get().put(words, out);
            out.println(WITHIN);
            return 0;
        }
        for (ProfileFile.NewKey key : keys) {
            file = file.with(key);
        }
        for (RegionPapers.Known certificate : certificates) {
            file = file.withCertificate(certificate.sha256(), certificate.ends());
        }
        int code = write(id, place, file);
        if (code == 0) {
            keys.forEach(key ->
                    out.printf("%s may sign by %s from %s until %s.%n", id, key.keyid(), key.from(), key.until()));
            certificates.forEach(one -> out.printf(
                    "%s may show %s, which ends on %s.%n", id, one.sha256(), ProfileFile.moment(one.ends())));
            out.println(WITHIN);
        }
        return code;
    }

    /** Between two keys there is no time in which nobody could sign. */
    private void requireFree(String id, ExchangeProfile profile, ProfileFile.NewKey key, List<String> faults) {
        if (profile.keys().containsKey(key.keyid())) {
            faults.add("%s has or had a key %s: expected another name, since names tell keys apart for ever"
                    .formatted(id, key.keyid()));
        }
        Instant begins = key.from().atStartOfDay(SHANGHAI).toInstant();
        boolean overlaps = profile.keys().values().stream()
                .filter(one -> one.removedAt().isEmpty())
                .anyMatch(one -> begins.isBefore(one.verifying().notAfter()));
        boolean gap = begins.isAfter(clock.instant()) && !overlaps;
        if (gap) {
            faults.add("--from: found %s, when no key of %s is valid any more, expected a day before"
                    .formatted(key.from(), id));
        }
    }

    /** No two regions have the same, and what was taken back stays so. */
    private static void requireNew(String sha256, Installation place, List<String> faults) {
        place.look(Map.of()).partners().values().stream()
                .filter(partner -> partner.exchange()
                        .map(ExchangeProfile::certificates)
                        .orElse(Map.of())
                        .containsKey(sha256))
                .forEach(partner ->
                        faults.add("%s has or had the certificate %s already".formatted(partner.id(), sha256)));
    }

    private int revoke(PartnerWords words, Installation place) throws IOException {
        String id = words.requirePartner();
        if (words.all("key").isEmpty() && words.all("certificate").isEmpty()) {
            throw new PartnerWords.Unclear("partner revoke: expected --key, --certificate or both");
        }
        ExchangeProfile profile = profile(id, place);
        List<String> certificates = words.all("certificate").stream()
                .map(PartnerCommand::fingerprint)
                .toList();
        words.all("key")
                .forEach(keyid -> requireAlive(keyid, profile.keys().get(keyid), ExchangeProfile.Key::removedAt));
        certificates.forEach(sha256 ->
                requireAlive(sha256, profile.certificates().get(sha256), ExchangeProfile.Certificate::removedAt));
        Instant now = clock.instant();
        int code = remove(id, words.all("key"), certificates, now, place);
        if (code == 0) {
            out.printf("Removed from %s at %s. %s%n", id, ProfileFile.moment(now), WITHIN);
            out.println("What was accepted before stays valid, and the key on file verifies it.");
            tellWhatIsLeft(id, place);
        }
        return code;
    }

    private static <T> void requireAlive(String name, @Nullable T known, Function<T, Optional<Instant>> removedAt) {
        if (known == null) {
            throw new IllegalArgumentException("the region has no %s".formatted(name));
        }
        removedAt.apply(known).ifPresent(at -> {
            throw new IllegalArgumentException("%s was removed at %s".formatted(name, ProfileFile.moment(at)));
        });
    }

    private int remove(String id, List<String> keys, List<String> certificates, Instant now, Installation place)
            throws IOException {
        ProfileFile file = place.file(id);
        Optional<PaperFolder> folder = PaperFolder.of(file);
        for (String keyid : keys) {
            if (folder.isPresent()) {
                folder.get().takeOutKey(keyid, now, out);
            } else {
                file = file.withoutKey(keyid, now);
            }
        }
        for (String sha256 : certificates) {
            if (folder.isPresent()) {
                folder.get().takeOutCertificate(sha256, now, out);
            } else {
                file = file.withoutCertificate(sha256, now);
            }
        }
        return folder.isPresent() ? 0 : write(id, place, file);
    }

    private void tellWhatIsLeft(String id, Installation place) {
        ExchangeProfile profile = profile(id, place);
        if (profile.fingerprints().isEmpty()) {
            out.printf("No certificate is left: %s gets in no more.%n", id);
        }
        if (profile.keys().values().stream().allMatch(key -> key.removedAt().isPresent())) {
            out.printf("No key is left: nothing that %s signs counts any more.%n", id);
        }
    }

    private static String fingerprint(String said) {
        String hex = said.replace(":", "").toLowerCase(Locale.ROOT);
        if (hex.matches("[0-9a-f]{64}")) {
            return hex;
        }
        try {
            return ExchangeProfile.fingerprint(
                    RegionPapers.read(Path.of(said)).get(0).getEncoded());
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "--certificate: found %s, expected a file of PEM or the SHA-256 of one".formatted(said),
                    unreadable);
        }
    }

    private List<RegionPapers.Known> certificates(PartnerWords words, Installation place, List<String> faults) {
        RegionPapers papers = new RegionPapers(faults);
        return words.files("certificate").stream()
                .flatMap(file -> papers.certificate(file, place.authorities(), clock.instant()).stream())
                .toList();
    }

    private List<ProfileFile.NewKey> keys(PartnerWords words, List<String> faults) {
        LocalDate from = words.day("from", LocalDate.ofInstant(clock.instant(), SHANGHAI));
        LocalDate until = words.day("until", from.plusYears(YEARS));
        List<String> purposes = words.list("purpose", "message,receipt");
        RegionPapers papers = new RegionPapers(faults);
        return words.files("key").stream()
                .flatMap(file -> papers.key(file, purposes, from, until).stream())
                .toList();
    }

    /** What is agreed with a region, when its file has no fault: nobody changes a file that the hub does not read. */
    private static ExchangeProfile profile(String id, Installation place) {
        PartnerDirectory.Look look = place.look(Map.of());
        if (look.faults().containsKey(id)) {
            throw new IllegalArgumentException("the hub does not read the file as it is:%n  %s"
                    .formatted(String.join("\n  ", look.faults().get(id))));
        }
        return Optional.ofNullable(look.partners().get(id))
                .orElseThrow(() -> new IllegalArgumentException("there is no partner " + id))
                .exchange()
                .orElseThrow(() -> new IllegalArgumentException("%s is no region, or is not connected: %s"
                        .formatted(id, PartnerDirectory.file(place.hub().routesDir(), id))));
    }

    private int write(String id, Installation place, ProfileFile file) throws IOException {
        PartnerDirectory.Look after = place.look(Map.of(id, file.text()));
        if (after.faults().containsKey(id)) {
            return refused(after.faults().get(id));
        }
        file.write();
        return 0;
    }

    private int refused(List<String> faults) {
        err.println("Nothing was changed:");
        faults.forEach(fault -> err.println("  " + RegionCheck.withOrigin(fault)));
        return 1;
    }
}
