package org.shuniu.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/**
 * Going live asks for it: whoever has a contract is called only by files with which its test system passed. A partner that is prepared
 * and not connected yet may still have to.
 */
public final class ConformanceCheck {

    private final Path mappings;
    private final boolean required;
    private final List<Fault> faults = new ArrayList<>();

    private ConformanceCheck(Path mappings, boolean required) {
        this.mappings = mappings;
        this.required = required;
    }

    /**
     * What is wrong with records, and where one is missing.
     *
     * @param required whether one must be there and be of these files
     */
    public static List<Fault> faults(Path mappings, PartnerDirectory partners, boolean required) {
        ConformanceCheck check = new ConformanceCheck(mappings, required);
        partners.all().forEach(check::check);
        return check.faults;
    }

    /**
     * Who has passed, and of everybody else of whom a record is asked for the first thing that is wrong with it.
     *
     * @param required whether one is asked for
     */
    public static Standing standing(Path mappings, PartnerDirectory partners, boolean required) {
        Map<String, Standing.Untried> untried = new TreeMap<>();
        Set<String> passed = new TreeSet<>();
        for (Partner partner : partners.all()) {
            ConformanceCheck check = new ConformanceCheck(mappings, required);
            if (check.isAgreed(partner) && check.isLive(partner)) {
                check.look(partner);
                check.faults.stream()
                        .findFirst()
                        .ifPresentOrElse(
                                fault -> untried.put(partner.id(), untried(mappings, partner, fault)),
                                () -> passed.add(partner.id()));
            }
        }
        return new Standing(required, untried, passed);
    }

    private static Standing.Untried untried(Path mappings, Partner partner, Fault fault) {
        try {
            Digests files = Digests.of(mappings.resolve(partner.id()));
            return new Standing.Untried(fault, files.contract() + "/" + files.mappings());
        } catch (UncheckedIOException unreadable) {
            return new Standing.Untried(fault, null);
        }
    }

    /** A file that can't be read proves nothing. */
    private void look(Partner partner) {
        try {
            check(partner);
        } catch (UncheckedIOException unreadable) {
            Path file = RecordedPass.file(mappings, partner.id());
            faults.add(Fault.ofFile(file, "it can't be read", cure(partner)));
        }
    }

    private boolean isAgreed(Partner partner) {
        return Files.isRegularFile(ContractFile.of(mappings, partner.id()));
    }

    private boolean isLive(Partner partner) {
        return required && partner.connected() && Suite.impossible(partner).isEmpty();
    }

    private void check(Partner partner) {
        boolean agreed = isAgreed(partner);
        boolean live = isLive(partner);
        Path file = RecordedPass.file(mappings, partner.id());
        if (Files.isRegularFile(file)) {
            check(partner, file, agreed, live);
        } else if (agreed && live) {
            faults.add(Fault.ofFile(
                    file,
                    "%s has a contract, and no record that its test system does what stands in it"
                            .formatted(partner.id()),
                    cure(partner)));
        }
    }

    private void check(Partner partner, Path file, boolean agreed, boolean live) {
        if (!agreed) {
            faults.add(Fault.ofFile(
                    file, "a record of no contract", "%s beside it, or no such file".formatted(ContractFile.NAME)));
            return;
        }
        try {
            Optional<RecordedPass> record = RecordedPass.read(file, faults);
            if (record.isPresent() && live) {
                Digests now = Digests.of(file.getParent());
                stale(partner, file, "contract", record.get().digests().contract(), now.contract());
                stale(partner, file, "mappings", record.get().digests().mappings(), now.mappings());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void stale(Partner partner, Path file, String key, String recorded, String now) {
        if (!recorded.equals(now)) {
            faults.add(Fault.ofKey(
                    file,
                    key,
                    "it was passed with other files: their digest was %s and is %s now".formatted(recorded, now),
                    cure(partner)));
        }
    }

    private static String cure(Partner partner) {
        return "the record that `conform %s` writes when all is passed, or connected: false in its partner.yaml until then"
                .formatted(partner.id());
    }
}
