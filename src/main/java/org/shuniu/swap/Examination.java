package org.shuniu.swap;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.shuniu.check.HubCheck;
import org.shuniu.conformance.ConformanceCheck;
import org.shuniu.conformance.Standing;
import org.shuniu.document.CaseTimes;
import org.shuniu.fault.Fault;
import org.shuniu.partner.PartnerDirectory;

/** Looks at a version as a whole before a running hub may go by it: all that is wrong is told at once. */
final class Examination {

    /**
     * Where what is looked at comes from.
     *
     * @param routes where people write it, as faults name it
     * @param mappings where people write it, as faults name it
     * @param versions where each version gets a folder
     */
    record Places(Path routes, Path mappings, Path versions) {}

    /**
     * What came of it.
     *
     * @param loaded null where anything is wrong
     */
    record Found(@Nullable Loaded loaded, List<Fault> faults) {}

    private final Places places;
    private final UnaryOperator<String> placeholders;
    private final Map<String, Class<?>> beans;
    private final boolean conformance;
    private final DryRun dryRun;
    private final SecretsAtHand secrets;
    private final ToLongFunction<String> open;
    private final Clock clock;

    /**
     * @param placeholders fills in the settings of partner.yaml
     * @param beans that routes may name, by their names
     * @param conformance whether departments with contracts must have passed their suite
     * @param open how many deliveries of a partner are not over
     */
    Examination(
            Places places,
            UnaryOperator<String> placeholders,
            Map<String, Class<?>> beans,
            boolean conformance,
            DryRun dryRun,
            SecretsAtHand secrets,
            ToLongFunction<String> open,
            Clock clock) {
        this.places = places;
        this.placeholders = placeholders;
        this.beans = beans;
        this.conformance = conformance;
        this.dryRun = dryRun;
        this.secrets = secrets;
        this.open = open;
        this.clock = clock;
    }

    /** The folder of a version, with its files. */
    Path place(ConfigurationFiles files) {
        return files.placeUnder(places.versions());
    }

    /** What people have in their folders now. */
    ConfigurationFiles written() {
        return ConfigurationFiles.read(places.routes(), places.mappings());
    }

    Places places() {
        return places;
    }

    /** @param partners who are partners now */
    Found examine(ConfigurationFiles files, PartnerDirectory partners) {
        List<Fault> wrong = new ArrayList<>(files.lookedAt(place -> check(files, place)));
        wrong.addAll(gone(files, partners));
        return wrong.isEmpty() ? tryOut(files) : new Found(null, wrong);
    }

    /** How departments stand with a version in which nothing is wrong. */
    Standing standing(Loaded loaded) {
        return ConformanceCheck.standing(Loaded.mappings(loaded.folder()), loaded.partners(), conformance);
    }

    private List<Fault> check(ConfigurationFiles files, Path place) {
        HubCheck check = new HubCheck(Loaded.routes(place), Loaded.mappings(place), placeholders, beans)
                .requiringConformance(conformance);
        LocalDate today = LocalDate.ofInstant(clock.instant(), CaseTimes.SHANGHAI);
        return asWritten(place, (files.areShown() ? check : check.withoutDocuments()).run(today, false));
    }

    private Found tryOut(ConfigurationFiles files) {
        Path folder = place(files);
        List<Fault> faults = new ArrayList<>();
        secrets.before(Loaded.routes(folder));
        Loaded loaded;
        try {
            loaded = Loaded.of(files, folder, placeholders);
        } catch (RuntimeException unread) {
            Fault fault = new Fault(
                    folder.toString(),
                    0,
                    "",
                    "nothing is wrong with it, and yet it can't be read: " + unread,
                    "a report to the hub's makers");
            return new Found(null, asWritten(folder, List.of(fault)));
        }
        faults.addAll(dryRun.run(files, folder, loaded.partners()));
        return faults.isEmpty() ? new Found(loaded, List.of()) : new Found(null, asWritten(folder, faults));
    }

    /** Who is a partner no more while something of his is under way. */
    private List<Fault> gone(ConfigurationFiles files, PartnerDirectory before) {
        Set<String> ids = new TreeSet<>(before.ids());
        ids.removeIf(id -> files.files().containsKey("routes/%s/partner.yaml".formatted(id)));
        List<Fault> faults = new ArrayList<>();
        for (String id : ids) {
            long left = open.applyAsLong(id);
            if (left > 0) {
                faults.add(new Fault(
                        PartnerDirectory.file(places.routes(), id).toString(),
                        0,
                        "",
                        "%s is gone, and %d deliveries or answers of it are not over".formatted(id, left),
                        "its folders back, until each is delivered or given up (GET /ops/v1/waiting?partner=%s, /ops/v1/parked)"
                                .formatted(id)));
            }
        }
        return faults;
    }

    /** In the names under which people know the files. */
    private List<Fault> asWritten(Path folder, List<Fault> faults) {
        return faults.stream()
                .map(fault -> new Fault(
                        asWritten(folder, fault.file()),
                        fault.line(),
                        fault.place(),
                        asWritten(folder, fault.reason()),
                        asWritten(folder, fault.cure())))
                .toList();
    }

    private String asWritten(Path folder, String text) {
        return text.replace(Loaded.routes(folder).toString(), places.routes().toString())
                .replace(Loaded.mappings(folder).toString(), places.mappings().toString());
    }
}
