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
import org.shuniu.contract.Contract.Name;
import org.shuniu.fault.Fault;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.ProfileFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Adds a region with which cases are exchanged, checks what is agreed with one or all, and adds and removes their keys and
 * certificates. It works on files alone: a hub that runs reads them again by itself, and audits what then counts.
 */
@Command(
        name = "partner",
        description =
                "adds a region with which cases are exchanged, checks what is agreed with one, and changes its keys",
        synopsisSubcommandLabel = "check|add|rotate|revoke",
        footer = {"", "It works on files alone. " + PartnerCommand.WITHIN})
final class PartnerCommand {

    static final String WITHIN = "A hub that runs knows it within 60 s, and audits it as exchange-profile.";
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final String[] settings;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private Help help;

    PartnerCommand(String[] settings, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /**
     * What the command works on.
     *
     * @param authorities whom the exchange's port trusts, where that is said
     * @param shown the hub's own certificates
     */
    record Installation(
            HubProperties hub, Optional<Path> authorities, List<Path> shown, UnaryOperator<String> placeholders) {

        static Installation of(CommandSettings settings) {
            return new Installation(
                    settings.bind("shuniu", HubProperties.class),
                    settings.file("shuniu.exchange.client-authorities"),
                    Stream.of("shuniu.exchange.certificate", "shuniu.exchange.client-certificate")
                            .flatMap(setting -> settings.file(setting).stream())
                            .toList(),
                    settings.placeholders());
        }

        PartnerDirectory.Look look(Map<String, String> instead) {
            return PartnerDirectory.look(hub.routesDir(), placeholders, instead);
        }

        ProfileFile file(String id) throws IOException {
            return ProfileFile.read(PartnerDirectory.file(hub.routesDir(), id), placeholders);
        }
    }

    private Installation installation() {
        try (CommandSettings of = CommandSettings.of(settings)) {
            return Installation.of(of);
        }
    }

    @Command(
            name = "check",
            description =
                    "says what is agreed with a region or all, what is wrong with it and whose fault that is, and what ends when")
    int check(
            @Mixin Help asked,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "a region; by default all") String id) {
        return new RegionCheck(installation(), clock.instant(), out).run(Optional.ofNullable(id));
    }

    @Command(
            name = "add",
            description = "writes the routes and mappings of a region with what was said, and nothing that was not")
    int add(
            @Mixin Help asked,
            @Parameters(paramLabel = "ID", description = "its id, such as fujian: a to z, 0 to 9 and hyphens")
                    String id,
            @Option(
                            names = "--name-zh",
                            required = true,
                            paramLabel = "NAME",
                            description = "its Chinese name, such as 福建")
                    String chinese,
            @Option(
                            names = "--name-en",
                            required = true,
                            paramLabel = "NAME",
                            description = "its English name, such as Fujian")
                    String english,
            @Mixin Agreement agreed,
            @Mixin Papers papers)
            throws IOException {
        return new NewRegion(installation(), id, new Name(chinese, english), agreed)
                .add(papers, clock.instant(), out, err);
    }

    @Command(
            name = "rotate",
            description = "adds a key, a certificate or both; the old ones count until they end or are revoked")
    int rotate(
            @Mixin Help asked, @Parameters(paramLabel = "ID", description = "a region") String id, @Mixin Papers papers)
            throws IOException {
        if (papers.isEmpty()) {
            throw new Unclear("expected --key, --certificate or both");
        }
        Installation place = installation();
        List<String> faults = new ArrayList<>();
        RegionPapers reader = new RegionPapers(faults);
        List<RegionPapers.Known> certificates = reader.certificates(papers, place.authorities(), clock.instant());
        List<ProfileFile.NewKey> keys = reader.keys(papers, LocalDate.ofInstant(clock.instant(), SHANGHAI));
        ExchangeProfile profile = profile(id, place);
        keys.forEach(key -> requireFree(id, profile, key, faults));
        certificates.forEach(one -> requireNew(one.sha256(), place, faults));
        if (!faults.isEmpty()) {
            return refused(faults);
        }
        ProfileFile file = place.file(id);
        Optional<PaperFolder> folder = PaperFolder.of(file);
        if (folder.isPresent()) {
            folder.get().put(papers, out);
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

    @Command(
            name = "revoke",
            description = "takes back a key, a certificate or both: dead within 60 s; what they signed stays valid")
    int revoke(
            @Mixin Help asked,
            @Parameters(paramLabel = "ID", description = "a region") String id,
            @Option(names = "--key", paramLabel = "KEYID", description = "a key; repeat for more") List<String> keys,
            @Option(
                            names = "--certificate",
                            paramLabel = "FILE|SHA-256",
                            description = "a certificate, as a file or by its SHA-256; repeat for more")
                    List<String> certificates)
            throws IOException {
        List<String> keyids = keys == null ? List.of() : keys;
        List<String> fingerprints = certificates == null
                ? List.of()
                : certificates.stream().map(PartnerCommand::fingerprint).toList();
        if (keyids.isEmpty() && fingerprints.isEmpty()) {
            throw new Unclear("expected --key, --certificate or both");
        }
        Installation place = installation();
        ExchangeProfile profile = profile(id, place);
        keyids.forEach(keyid -> requireAlive(keyid, profile.keys().get(keyid), ExchangeProfile.Key::removedAt));
        fingerprints.forEach(sha256 ->
                requireAlive(sha256, profile.certificates().get(sha256), ExchangeProfile.Certificate::removedAt));
        Instant now = clock.instant();
        int code = remove(id, keyids, fingerprints, now, place);
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

    /** What is agreed with a region, when its file has no fault: nobody changes a file that the hub does not read. */
    private static ExchangeProfile profile(String id, Installation place) {
        PartnerDirectory.Look look = place.look(Map.of());
        if (look.faults().containsKey(id)) {
            throw new IllegalArgumentException(
                    "the hub does not read the file as it is:%n  %s".formatted(String.join("\n  ", said(look, id))));
        }
        return Optional.ofNullable(look.partners().get(id))
                .orElseThrow(() -> new IllegalArgumentException("there is no partner " + id))
                .exchange()
                .orElseThrow(() -> new IllegalArgumentException("%s is no region, or is not connected: %s"
                        .formatted(id, PartnerDirectory.file(place.hub().routesDir(), id))));
    }

    static List<String> said(PartnerDirectory.Look look, String id) {
        return look.faults().getOrDefault(id, List.of()).stream()
                .map(Fault::toString)
                .toList();
    }

    private int write(String id, Installation place, ProfileFile file) throws IOException {
        PartnerDirectory.Look after = place.look(Map.of(id, file.text()));
        if (after.faults().containsKey(id)) {
            return refused(said(after, id));
        }
        file.write();
        return 0;
    }

    private int refused(List<String> faults) {
        return refused(faults, err);
    }

    static int refused(List<String> faults, PrintStream err) {
        err.println("Nothing was changed:");
        faults.forEach(fault -> err.println("  " + RegionCheck.withOrigin(fault)));
        return 1;
    }
}
