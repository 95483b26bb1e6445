package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/** Every partner has one folder of routes and one of mappings, and what is sent to it can be written. */
final class FolderCheck {

    private static final Set<String> OF_ALL = Set.of("canonical", "catalogue");
    private static final String OUT = ".out.yaml";
    private static final String README = "README.md";

    private final Path routes;
    private final Path mappings;
    private final PartnerDirectory partners;
    private final Mappings translations;
    private final List<Fault> faults;

    FolderCheck(Path routes, Path mappings, PartnerDirectory partners, Mappings translations, List<Fault> faults) {
        this.routes = routes;
        this.mappings = mappings;
        this.partners = partners;
        this.translations = translations;
        this.faults = faults;
    }

    void run() {
        Set<String> ofRoutes = folders(routes);
        Set<String> ofMappings = folders(mappings);
        ofMappings.removeAll(OF_ALL);
        ofRoutes.stream()
                .filter(id -> !Files.exists(PartnerDirectory.file(routes, id)))
                .forEach(id -> fault(routes.resolve(id), "a folder without a partner", "a file partner.yaml in it"));
        ofRoutes.stream()
                .filter(id -> !ofMappings.contains(id))
                .forEach(id ->
                        fault(routes.resolve(id), "a partner without mappings", "the folder " + mappings.resolve(id)));
        ofMappings.stream()
                .filter(id -> !ofRoutes.contains(id))
                .forEach(id -> fault(
                        mappings.resolve(id),
                        "mappings of no partner",
                        "the file %s, or no such folder".formatted(PartnerDirectory.file(routes, id))));
        partners.all().stream()
                .filter(partner -> translations.partners().contains(partner.id()))
                .filter(partner -> !partner.operations().isEmpty())
                .forEach(this::operations);
    }

    /** Whether each partner is explained. */
    void runReadmes() {
        Set<String> ofMappings = folders(mappings);
        ofMappings.removeAll(OF_ALL);
        ofMappings.stream()
                .map(id -> mappings.resolve(id).resolve(README))
                .filter(readme -> !Files.exists(readme))
                .forEach(readme -> fault(
                        readme,
                        "nothing tells what this partner's system is",
                        "a file with its system, owner and quirks"));
    }

    private void operations(Partner partner) {
        Set<String> written = translations.outgoing(partner.id());
        Set<String> sent = partner.operations().keySet();
        sent.stream()
                .filter(document -> !written.contains(document))
                .sorted()
                .forEach(document -> faults.add(partners.fault(
                        partner.id(),
                        "operations." + document,
                        "nothing writes what is sent by it",
                        "the mapping " + mappings.resolve(partner.id()).resolve(document + OUT))));
        written.stream()
                .filter(document -> !sent.contains(document))
                .sorted()
                .forEach(document -> fault(
                        mappings.resolve(partner.id()).resolve(document + OUT),
                        "a mapping that is never used",
                        "operations.%s in %s".formatted(document, PartnerDirectory.file(routes, partner.id()))));
    }

    private void fault(Path file, String reason, String cure) {
        faults.add(Fault.ofFile(file, reason, cure));
    }

    private static Set<String> folders(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
