package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnerFiles;
import org.shuniu.partner.ProfileFile;
import org.shuniu.signature.VerifyingKey;

/** Says in plain words what is agreed with regions, what is wrong with it and whose fault that is, and what ends when. */
final class RegionCheck {

    private static final Duration SOON = Duration.ofDays(30);
    private static final String THEIRS = "the region must send another";

    private final PartnerCommand.Installation place;
    private final Instant now;
    private final PrintStream out;
    private int wrong;

    RegionCheck(PartnerCommand.Installation place, Instant now, PrintStream out) {
        this.place = place;
        this.now = now;
        this.out = out;
    }

    /** What only the region can mend is its own fault. */
    static String withOrigin(String fault) {
        return (fault.contains(THEIRS) ? "the region's fault: " : "our fault: ") + fault;
    }

    /** Returns 0 when the hub would take all of it and every region can get in. */
    int run(Optional<String> one) {
        PartnerDirectory.Look look = place.look(Map.of());
        List<String> regions = new ArrayList<>(new PartnerFiles(place.hub().routesDir()).regions());
        one.ifPresent(id -> {
            if (!regions.contains(id)) {
                throw new IllegalArgumentException("there is no region %s; expected one of %s".formatted(id, regions));
            }
            regions.retainAll(List.of(id));
        });
        List<Fault> ofMappings = new ArrayList<>();
        Mappings.load(place.hub().mappingsDir(), ofMappings);
        for (String id : regions) {
            look.faults().getOrDefault(id, List.of()).forEach(fault -> tellWrong(fault.toString()));
            ofMappings.stream()
                    .filter(fault -> Path.of(fault.file())
                            .startsWith(place.hub().mappingsDir().resolve(id)))
                    .forEach(fault -> tellWrong(fault.toString()));
            Optional.ofNullable(look.partners().get(id)).ifPresent(this::tell);
        }
        if (one.isEmpty()) {
            place.shown().forEach(this::tellOwn);
        }
        out.println(wrong == 0 ? "All is well." : "%d thing(s) are wrong.".formatted(wrong));
        return wrong == 0 ? 0 : 1;
    }

    private void tellWrong(String fault) {
        wrong++;
        out.println(withOrigin(fault));
    }

    private void tellOwn(Path file) {
        try {
            Instant ends = RegionPapers.read(file).get(0).getNotAfter().toInstant();
            out.printf("the hub's own certificate %s: %s%n", file, end(ends));
            if (!now.isBefore(ends)) {
                tellWrong("%s: found a certificate that ended, expected one in its time".formatted(file));
            }
        } catch (IOException | GeneralSecurityException unreadable) {
            tellWrong("%s: found no certificate, expected one in PEM".formatted(file));
        }
    }

    private void tell(Partner partner) {
        if (partner.exchange().isEmpty()) {
            out.printf("%s is prepared, not connected: what is agreed with it is not read.%n", partner.id());
            return;
        }
        ExchangeProfile profile = partner.exchange().get();
        out.printf(
                "%s (%s), version %d, %s%n",
                partner.id(),
                profile.party(),
                profile.version(),
                new TreeSet<>(profile.directions()).toString().toLowerCase(Locale.ROOT));
        profile.certificates().forEach(this::tell);
        profile.keys().values().forEach(this::tell);
        if (profile.allowed().isEmpty()) {
            out.println("  nothing is allowed that it may send");
        }
        new TreeSet<>(profile.allowed().keySet())
                .forEach(type -> out.printf(
                        "  may send %s for %s%n",
                        type, new TreeSet<>(profile.allowed().get(type))));
        tellWhetherItGetsIn(partner.id(), profile);
    }

    private void tell(String sha256, ExchangeProfile.Certificate certificate) {
        String state = certificate
                .removedAt()
                .map(at -> "removed " + ProfileFile.moment(at))
                .or(() -> certificate.ends().map(this::end))
                .orElse("its end is not on file");
        out.printf("  certificate %s: %s%n", sha256, state);
    }

    private void tell(ExchangeProfile.Key key) {
        VerifyingKey verifying = key.verifying();
        String state = key.removedAt()
                .map(at -> "removed " + ProfileFile.moment(at))
                .orElse(
                        now.isBefore(verifying.notBefore())
                                ? "begins " + ProfileFile.moment(verifying.notBefore())
                                : end(verifying.notAfter()));
        out.printf(
                "  key %s, %s, for %s: %s%n",
                verifying.keyid(),
                verifying.algorithm().id(),
                new TreeSet<>(key.purposes()).toString().toLowerCase(Locale.ROOT),
                state);
    }

    private String end(Instant end) {
        if (!now.isBefore(end)) {
            return "ended " + ProfileFile.moment(end);
        }
        long days = Duration.between(now, end).toDays();
        return "ends %s%s"
                .formatted(
                        ProfileFile.moment(end),
                        days < SOON.toDays() ? ", in %d day(s): ask for the next one".formatted(days) : "");
    }

    private void tellWhetherItGetsIn(String id, ExchangeProfile profile) {
        if (profile.certificates().isEmpty() && profile.keys().isEmpty()) {
            out.println("  nobody is registered yet: the folder exchange.files is empty");
            return;
        }
        boolean shows = profile.certificates().values().stream()
                .filter(one -> one.removedAt().isEmpty())
                .anyMatch(one -> one.ends().map(now::isBefore).orElse(true));
        if (!shows) {
            tellWrong("%s: found no certificate in its time, expected one; %s".formatted(file(id), THEIRS));
        }
        for (ExchangeProfile.Purpose purpose : ExchangeProfile.Purpose.values()) {
            boolean signs = profile.keys().keySet().stream()
                    .flatMap(keyid -> profile.key(keyid, purpose).stream())
                    .anyMatch(key -> key.isValidAt(now));
            if (!signs) {
                tellWrong("%s: found no key for a %s that is valid now, expected one; %s"
                        .formatted(file(id), purpose.name().toLowerCase(Locale.ROOT), THEIRS));
            }
        }
    }

    private String file(String id) {
        return PartnerDirectory.file(place.hub().routesDir(), id).toString();
    }
}
