package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.codec.Garbled;
import org.shuniu.conformance.ConformanceCheck;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.CodesCheck;
import org.shuniu.mapping.DriftCheck;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.MappingsRefused;
import org.shuniu.mapping.MinimisationCheck;
import org.shuniu.mapping.RoundTrip;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnersRefused;
import org.shuniu.reconciliation.CountingCheck;
import org.shuniu.translator.BatchFormatCheck;
import org.shuniu.translator.UnknownOutcomeCheck;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that is wrong with the files of a hub, in one list. What hangs together is checked for all partners that can be read
 * by themselves, so that the fault of one does not hide those of others.
 */
public final class HubCheck {

    private final Path routes;
    private final Path mappings;
    private final UnaryOperator<String> placeholders;
    private final Map<String, Class<?>> beans;
    private final List<Fault> faults = new ArrayList<>();
    private boolean documents = true;
    private boolean conformance;

    /**
     * Prepares a check.
     *
     * @param placeholders fills in the settings of partner.yaml
     * @param beans which routes may name, by their names
     */
    public HubCheck(Path routes, Path mappings, UnaryOperator<String> placeholders, Map<String, Class<?>> beans) {
        this.routes = routes;
        this.mappings = mappings;
        this.placeholders = placeholders;
        this.beans = beans;
    }

    /**
     * Leaves examples out and what people read, for files that are kept without them: what was shown when they were written is true for
     * ever.
     */
    public HubCheck withoutDocuments() {
        documents = false;
        return this;
    }

    /**
     * Asks of every department with a contract for the record that its test system passed with these files.
     *
     * @param required whether it is to be asked
     */
    public HubCheck requiringConformance(boolean required) {
        conformance = required;
        return this;
    }

    /**
     * All faults, by file and line.
     *
     * @param day on which code tables must hold
     * @param reach whether a connection to each partner's address is tried
     */
    public List<Fault> run(LocalDate day, boolean reach) {
        PartnerDirectory partners = PartnerDirectory.load(routes, placeholders, faults);
        guard(mappings, () -> {
            Catalogue catalogue = Catalogue.load(mappings, faults);
            if (!areSchemasReadable()) {
                return;
            }
            Mappings translations = Mappings.load(mappings, faults);
            PartnerDirectory both = partners.only(translations.partners());
            guard(routes, () -> gather(() -> UnknownOutcomeCheck.check(both, translations)));
            guard(mappings, () -> gather(() -> BatchFormatCheck.check(both, translations)));
            guard(routes, () -> gather(() -> CountingCheck.check(both, translations)));
            guard(mappings, () -> gather(() -> DriftCheck.check(catalogue, translations)));
            faults.addAll(CodesCheck.check(catalogue, translations));
            new DepartmentCheck(routes, mappings, partners, catalogue, faults).run(day);
            guard(mappings, () -> gather(() -> MinimisationCheck.check(catalogue, translations)));
            faults.addAll(translations.expired(day));
            FolderCheck folders = new FolderCheck(routes, mappings, partners, translations, faults);
            guard(routes, folders::run);
            guard(mappings, () -> new ContractCheck(mappings, partners, translations, faults).run());
            guard(mappings, () -> faults.addAll(ConformanceCheck.faults(mappings, partners, conformance)));
            guard(mappings, () -> {
                DocumentSchemas schemas = DocumentSchemas.load(mappings);
                if (documents) {
                    folders.runReadmes();
                    new ExampleCheck(mappings, translations, schemas, faults).run();
                    checkKeys(translations, catalogue, day);
                }
            });
        });
        guard(routes, () -> new RouteCheck(routes, mappings, partners, beans, documents, faults).run());
        if (reach) {
            new AddressCheck(partners, faults).run();
        }
        return faults.stream()
                .distinct()
                .sorted(Comparator.comparing(Fault::file).thenComparing(Fault::line))
                .toList();
    }

    /** What a check did not expect is told among all else, and ends that check alone. */
    private void guard(Path folder, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException unexpected) {
            faults.add(new Fault(
                    folder.toString(),
                    0,
                    "",
                    "a check of this folder came to an early end: " + unexpected,
                    "files that can be read; what else is wrong here is told when that is mended"));
        }
    }

    /** Nothing is said of those in whose examples something is wrong: their answers can't be read. */
    private void checkKeys(Mappings translations, Catalogue catalogue, LocalDate day) {
        RoundTrip trip = new RoundTrip(mappings, translations, catalogue, day);
        for (String partner : trip.partners()) {
            try {
                faults.addAll(trip.faults(partner));
            } catch (MappingFailed | Garbled | JacksonException toldElsewhere) {
                // The check of examples says which.
            }
        }
    }

    /** Without them nobody can say what a mapping may name. */
    private boolean areSchemasReadable() {
        boolean readable = true;
        try (Stream<Path> files = Files.list(mappings.resolve("canonical"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                readable &= isJson(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return readable;
    }

    private boolean isJson(Path file) throws IOException {
        try {
            JsonMapper.shared().readTree(Files.readString(file));
            return true;
        } catch (JacksonException malformed) {
            faults.add(Fault.ofJson(file, malformed));
        } catch (CharacterCodingException otherCharset) {
            faults.add(Fault.ofBytes(file));
        }
        return false;
    }

    private void gather(Runnable check) {
        try {
            check.run();
        } catch (PartnersRefused refused) {
            faults.addAll(refused.faults());
        } catch (MappingsRefused refused) {
            faults.addAll(refused.faults());
        }
    }
}
