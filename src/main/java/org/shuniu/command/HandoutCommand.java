package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.check.ContractCheck;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.handout.Folders;
import org.shuniu.handout.Handout;
import org.shuniu.handout.HandoutFolder;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.scaffold.Draft;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what the developers of a department's own system need. */
@Command(
        name = "handout",
        description = {
            "writes what a department's own developers need to build their side: a page, schemas and samples",
            "index.html    all of it in words, in Chinese and English; one file that needs no other, to read and to print",
            "schema/       the same for programs: OpenAPI 3.1 (rest), WSDL and XSD (soap), XSD (amqp), CSV on the Web (sftp-csv),",
            "              a table of columns (fixed-width), the tables of a front-end database and a list of their columns (table)",
            "samples/      every example of the partner's mappings as it goes over the wire, with a list",
            "It is made of mappings/PARTNER/contract.yaml, of the mappings, tables and examples beside it, and of",
            "routes/PARTNER/partner.yaml; where there is only a contract yet, of what `new` would make. Written again into the same",
            "directory it replaces what it wrote there, and touches nothing else."
        },
        footer = {
            "",
            "For example: handout forestry --to=/tmp/forestry --contact=\"integration desk, 021-00000000\"",
            "Exit code 1 when contract, partner.yaml, mappings and examples do not say the same; nothing is written then."
        })
final class HandoutCommand implements Callable<Integer> {

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Parameters(paramLabel = "PARTNER", description = "with whom there is a contract, such as forestry")
    private String partner = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIRECTORY",
            description = "a new one, or one that this command wrote")
    private Path to = Path.of("");

    @Option(
            names = "--contact",
            paramLabel = "TEXT",
            description = "whom the department asks at the hub; left out, the page has a line to fill in by hand")
    private @Nullable String contact;

    HandoutCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties files = of.bind("shuniu", HubProperties.class);
            Folders folders = new Folders(files.routesDir(), files.mappingsDir());
            requirePlace(folders);
            Path place = ContractFile.of(folders.mappings(), partner);
            if (!Files.isRegularFile(place)) {
                throw new IllegalArgumentException(
                        "there is no %s, expected a partner with a contract".formatted(place));
            }
            List<Fault> faults = new ArrayList<>();
            Optional<Contract> contract = ContractFile.read(place, faults);
            if (contract.isEmpty()) {
                return refused(faults);
            }
            if (Draft.exists(folders.routes(), folders.mappings(), partner)) {
                return write(folders, contract.get(), of, UnaryOperator.identity());
            }
            String text = Files.readString(place);
            try (Draft draft = Draft.of(folders.routes(), folders.mappings(), contract.get(), text, faults)) {
                Folders drafted = new Folders(draft.routes(), draft.mappings());
                return faults.isEmpty() ? write(drafted, contract.get(), of, draft::told) : refused(faults);
            }
        }
    }

    /** What the hub reads has files of one kind each. */
    private void requirePlace(Folders folders) {
        Path place = to.toAbsolutePath().normalize();
        for (Path own : List.of(folders.routes(), folders.mappings())) {
            if (place.startsWith(own.toAbsolutePath().normalize())) {
                throw new Unclear("--to: found %s, expected a directory outside of %s".formatted(to, own));
            }
        }
    }

    /** @param told names the files of a draft as those that they are to be */
    private int write(Folders folders, Contract contract, CommandSettings of, UnaryOperator<Fault> told)
            throws IOException {
        List<Fault> found = new ArrayList<>();
        Mappings mappings = Mappings.load(folders.mappings(), found);
        PartnerDirectory partners = PartnerDirectory.load(folders.routes(), of.placeholders(), found);
        new ContractCheck(folders.mappings(), partners, mappings, found).run();
        List<Fault> faults = new ArrayList<>(
                found.stream().filter(fault -> isOfPartner(folders, fault)).toList());
        if (!faults.isEmpty()) {
            return refused(faults.stream().map(told).toList());
        }
        Partner known = partners.find(partner)
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no %s, expected that of a partner that `new` wrote"
                                .formatted(PartnerDirectory.file(folders.routes(), partner))));
        SortedMap<String, byte[]> handout =
                Handout.of(folders, contract, known, mappings, Optional.ofNullable(contact), faults);
        return faults.isEmpty()
                ? written(new HandoutFolder(to).write(handout))
                : refused(faults.stream().map(told).toList());
    }

    /** What is wrong with others is theirs. */
    private boolean isOfPartner(Folders folders, Fault fault) {
        Path file = Path.of(fault.file());
        return file.startsWith(folders.routes().resolve(partner))
                || file.startsWith(folders.mappings().resolve(partner));
    }

    private int refused(List<Fault> faults) {
        faults.forEach(out::println);
        out.println("Nothing was written.");
        return 1;
    }

    private int written(List<Path> files) {
        files.forEach(file -> out.printf("Written: %s%n", file));
        out.printf("%nGive the department the whole directory; %s is where to begin.%n", to.resolve("index.html"));
        return 0;
    }
}
