package org.shuniu.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.Loss;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.RoundTrip;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Says what of an application does not reach a partner, and what of its answer does not come back. */
@Command(
        name = "round-trip",
        description = {
            "says what is lost between the hub and each partner that decides cases, item by item",
            "Mappings and tables are tried with values that the schemas allow: what of an application does not reach the partner,",
            "is refused, cut, coarser or changed; what of its answers nobody reads and what never comes; and whether case number,",
            "message id, ticket and codes come back as they went. Exit code 1 when one of these does not."
        })
final class RoundTripCommand implements Callable<Integer> {

    private static final int SHOWN_AT_MOST = 12;

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PARTNER", description = "only this one")
    private @Nullable String partner;

    @Option(names = "--item", paramLabel = "CODE", description = "only what is lost for this item")
    private @Nullable String item;

    @Option(names = "--day", paramLabel = "DAY", description = "by whose tables and items; by default today's")
    private LocalDate day = LocalDate.now(CaseTimes.SHANGHAI);

    @Option(
            names = "--json",
            description =
                    "as JSON: a list of {partner, items, way, field, kind, what}; no items are all of the partner's")
    private boolean json;

    RoundTripCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (CommandSettings of = CommandSettings.of(settings)) {
            Path folder = of.bind("shuniu", HubProperties.class).mappingsDir();
            RoundTrip trip = new RoundTrip(folder, Mappings.load(folder), Catalogue.load(folder), day);
            List<Loss> losses = asked(trip).stream()
                    .flatMap(one -> trip.losses(one).stream())
                    .filter(loss -> item == null
                            || loss.items().isEmpty()
                            || loss.items().contains(item))
                    .toList();
            if (json) {
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(losses));
            } else {
                losses.stream()
                        .collect(Collectors.groupingBy(
                                loss -> "%s %s: %s: %s%s"
                                        .formatted(
                                                loss.partner(),
                                                word(loss.way()),
                                                word(loss.kind()),
                                                loss.what(),
                                                items(loss)),
                                LinkedHashMap::new,
                                Collectors.mapping(Loss::field, Collectors.joining(", "))))
                        .forEach((what, fields) -> out.printf("%s: %s%n", what, fields));
                out.printf(
                        "%d losses, %d faults%n",
                        losses.size(), losses.stream().filter(Loss::isFault).count());
            }
            return losses.stream().anyMatch(Loss::isFault) ? 1 : 0;
        }
    }

    private Set<String> asked(RoundTrip trip) {
        Set<String> partners = new TreeSet<>(trip.partners());
        if (partner != null && !partners.contains(partner)) {
            throw new Unclear("PARTNER: found %s, expected one of %s".formatted(partner, partners));
        }
        partners.removeIf(one -> partner != null && !one.equals(partner)
                || item != null && !trip.items(one).contains(item));
        return partners;
    }

    private static String items(Loss loss) {
        if (loss.items().isEmpty()) {
            return "";
        }
        return loss.items().size() > SHOWN_AT_MOST
                ? " (%d items)".formatted(loss.items().size())
                : " (" + String.join(", ", new TreeSet<>(loss.items())) + ")";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
