package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.JsonNode;

/** What rows of a mapping send is among what may leave towards the partner: the hub would send nothing in its place. */
final class AllowedFieldsCheck {

    /** The hub says them itself, and they hold nothing of a case. */
    private static final Set<String> OF_NO_CASE = Set.of("count", "alert");

    private static final List<String> ORIGINS = List.of("source", "each");

    private final Path mappings;
    private final PartnerDirectory partners;
    private final Mappings translations;
    private final List<Fault> faults;

    AllowedFieldsCheck(Path mappings, PartnerDirectory partners, Mappings translations, List<Fault> faults) {
        this.mappings = mappings;
        this.partners = partners;
        this.translations = translations;
        this.faults = faults;
    }

    void run() {
        for (Partner partner : partners.all()) {
            translations.outgoing(partner.id()).stream()
                    .filter(document -> !OF_NO_CASE.contains(document))
                    .sorted()
                    .forEach(document -> check(partner, document));
        }
    }

    private void check(Partner partner, String document) {
        Path file = mappings.resolve(partner.id()).resolve(document + ".out.yaml");
        RouteFile.walk(read(file).path("rows"), List.of("rows"), (row, at) -> {
            for (String origin : ORIGINS) {
                String path = row.path(origin).asString("");
                if (!path.isEmpty() && !path.matches("(item|index)([.].*)?") && !isAllowed(partner, path)) {
                    faults.add(Fault.ofPath(
                            file,
                            RouteFile.with(at, origin),
                            origin,
                            "'%s' may not leave towards %s; expected it in allowed-fields of its partner.yaml, which has %s, or no such row"
                                    .formatted(path, partner.id(), partner.allowedFields())));
                }
            }
        });
    }

    /** A part of what is allowed, or something of which a part is. */
    private static boolean isAllowed(Partner partner, String path) {
        return partner.allowedFields().stream().anyMatch(field -> isWithin(path, field) || isWithin(field, path));
    }

    private static boolean isWithin(String path, String whole) {
        return path.equals(whole) || path.startsWith(whole + ".");
    }

    private static JsonNode read(Path file) {
        try {
            return StrictYaml.read(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
