package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubConfiguration;
import org.shuniu.HubProperties;
import org.shuniu.check.HubCheck;
import org.shuniu.command.PartnerCommand.Installation;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractItem;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.document.CaseTimes;
import org.shuniu.fault.Fault;
import org.shuniu.scaffold.Draft;
import org.shuniu.scaffold.FreeCodes;
import org.shuniu.scaffold.Scaffold;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes everything of a new department: contract, routes, mappings, code tables, examples, and its rows of the catalogue. Of a region
 * it writes what {@code partner add} does.
 */
@Command(
        name = "new",
        description = {
            "writes everything of a new department: contract, routes, mappings, code tables, examples, rows of the catalogue",
            "What it writes passes `check`, and the demo has a simulated office for it at its next start, which `try` tries.",
            "Nothing that is there is changed but the catalogue, to which rows are added.",
            "With --protocol=chx it writes the routes and mappings of a region with which cases are exchanged."
        },
        footer = {
            "",
            "For example: new forestry --protocol=rest --name-zh=绿化市容 --name-en=\"Landscaping\" --department=LH \\",
            "                 --item=\"312098001000=古树名木保护申请=Protection of old trees=10\"",
            "From a contract: put it at mappings/PARTNER/contract.yaml, then new PARTNER.",
            "A region to try: new fujian --protocol=chx --name-zh=福建 --name-en=Fujian --division=35 --contact=me \\",
            "                     --make-papers=fujian --allow=cn.shuniu.case.submitted.v1=*",
            "`partner add` writes the same for a region that has sent its papers; `partner check`, `rotate` and `revoke` look after them.",
            "Exit code 1 when what would be written does not pass the check; nothing is written then."
        })
final class NewCommand implements Callable<Integer> {

    private static final Pattern ITEM = Pattern.compile("(\\d{12})=([^=]+)=([^=]+)(?:=(\\d{1,3}))?");
    private static final Pattern PARTNER = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final String REGION = "chx";
    private static final int USUAL_LIMIT = 10;

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Parameters(paramLabel = "PARTNER", description = "its id, such as forestry: a to z and hyphens")
    private String partner = "";

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            description =
                    "rest, soap, amqp, table, sftp-csv or fixed-width, or chx for a region; left out where a contract is there")
    private @Nullable String protocol;

    @Option(names = "--name-zh", paramLabel = "NAME", description = "what people call it; by default its id")
    private @Nullable String nameZh;

    @Option(names = "--name-en", paramLabel = "NAME", description = "the same in English; by default its id")
    private @Nullable String nameEn;

    @Option(names = "--office", paramLabel = "NAME", description = "its full name; by default --name-zh")
    private @Nullable String office;

    @Option(
            names = "--department",
            paramLabel = "CODE",
            description = "its code in the catalogue, two capital letters; by default the first free one of its id")
    private @Nullable String department;

    @Option(
            names = "--item",
            paramLabel = "CODE=ZH=EN[=DAYS]",
            description =
                    "what it decides, within so many working days (10); may stand several times; by default one that is made up")
    private List<String> items = List.of();

    @Option(
            names = "--result",
            paramLabel = "WAY",
            description = "how results come: callback, query or at-once with rest and soap; others have their own way")
    private @Nullable String result;

    @Option(
            names = "--since",
            paramLabel = "DAY",
            description = "the first day on which it decides these items, such as 2026-07-01; by default today")
    private LocalDate since = LocalDate.now(CaseTimes.SHANGHAI);

    @ArgGroup(exclusive = false, heading = "%nOf a region, with --protocol=chx:%n")
    private @Nullable Agreement agreed;

    @ArgGroup(exclusive = false, heading = "%nWhat the region has sent:%n")
    private @Nullable Papers papers;

    @Option(
            names = "--make-papers",
            paramLabel = "FOLDER",
            description =
                    "for trying: makes the region's keys and certificate there, by the demo's authority and as exchange/chx.sh takes them, instead of --certificate and --key")
    private @Nullable Path makePapers;

    NewCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (!PARTNER.matcher(partner).matches()) {
            throw new Unclear(
                    "PARTNER: found %s, expected small letters and hyphens, such as forestry".formatted(partner));
        }
        if (REGION.equals(protocol)) {
            return region();
        }
        if (agreed != null || papers != null || makePapers != null) {
            throw new Unclear("found options of a region, expected --protocol=chx with them");
        }
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties files = of.bind("shuniu", HubProperties.class);
            if (Draft.exists(files.routesDir(), files.mappingsDir(), partner)) {
                throw new IllegalArgumentException(
                        "%s is there already, expected a partner without files".formatted(partner));
            }
            Path place = ContractFile.of(files.mappingsDir(), partner);
            String text = text(files.mappingsDir(), place);
            List<Fault> faults = new ArrayList<>();
            Optional<Contract> contract = ContractFile.read(place, text, faults);
            if (contract.isEmpty()) {
                return refused(faults);
            }
            try (Draft draft = Draft.of(files.routesDir(), files.mappingsDir(), contract.get(), text, faults)) {
                if (faults.isEmpty()) {
                    faults.addAll(check(draft, files, of));
                }
                return faults.isEmpty() ? written(draft, contract.get()) : refused(faults);
            }
        }
    }

    private int region() throws IOException {
        if (department != null || office != null || result != null || !items.isEmpty()) {
            throw new Unclear("found options of a department, expected none of them with --protocol=chx");
        }
        if (nameZh == null || nameEn == null || agreed == null) {
            throw new Unclear("--protocol=chx: expected --name-zh, --name-en, --division and --contact of the region");
        }
        Papers sent = papers == null ? new Papers() : papers;
        if (makePapers != null && !sent.isEmpty()) {
            throw new Unclear("--make-papers: found papers that were sent too, expected one of both");
        }
        try (CommandSettings of = CommandSettings.of(settings)) {
            Installation place = Installation.of(of);
            NewRegion region = new NewRegion(place, partner, new Name(nameZh, nameEn), agreed);
            return makePapers == null
                    ? region.add(sent, Instant.now(), out, out)
                    : tried(region, sent, place, of.text("shuniu.exchange.base"), makePapers, agreed.party(partner));
        }
    }

    /** A region whose side is the engineer's own. */
    private int tried(NewRegion region, Papers sent, Installation place, String base, Path folder, String party)
            throws IOException {
        int year = LocalDate.now(CaseTimes.SHANGHAI).getYear();
        TrialPapers made = new TrialPapers(folder, "%s-%da".formatted(partner, year));
        made.make(place.hub(), partner);
        made.configure(base, party);
        int code = region.add(sent.with(made.certificate(), made.publicKey()), Instant.now(), out, out);
        if (code != 0) {
            out.printf(
                    "Its papers lie in %s: next time --certificate=%s --key=%s%n",
                    folder, made.certificate(), made.publicKey());
            return code;
        }
        out.printf("""

                Its papers lie in %s. Now: start the demo again (mvn spring-boot:run), and there, with exchange/chx.sh,
                  sh chx.sh trust && sh chx.sh echo
                exchange/first-message.md goes on with its step 4.
                """, folder);
        return code;
    }

    /** The contract that is there, or one with what was said. */
    private String text(Path mappings, Path place) throws IOException {
        if (Files.exists(place)) {
            if (protocol != null) {
                throw new Unclear("--protocol: %s says what it speaks, expected no --protocol".formatted(place));
            }
            return Files.readString(place);
        }
        ContractProtocol spoken = ContractProtocol.of(protocol == null ? "" : protocol)
                .orElseThrow(() ->
                        new Unclear("--protocol: found %s, expected one of %s, chx for a region, or a contract at %s"
                                .formatted(protocol == null ? "nothing" : protocol, ContractProtocol.words(), place)));
        FreeCodes free = FreeCodes.of(mappings);
        Name name = new Name(nameZh == null ? partner : nameZh, nameEn == null ? partner : nameEn);
        return Scaffold.starter(
                partner,
                name,
                department == null ? free.department(partner) : department,
                office == null ? name.zh() : office,
                spoken,
                results(spoken),
                since,
                items.isEmpty()
                        ? List.of(free.item(name, USUAL_LIMIT))
                        : items.stream().map(NewCommand::item).toList());
    }

    private Optional<Results> results(ContractProtocol spoken) {
        if (result == null) {
            return Optional.empty();
        }
        return Optional.of(spoken.results().stream()
                .filter(way -> way.word().equals(result.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Unclear("--result: found %s, expected one of %s"
                        .formatted(
                                result,
                                spoken.results().stream().map(Results::word).toList()))));
    }

    private static ContractItem item(String said) {
        Matcher parts = ITEM.matcher(said);
        if (!parts.matches()) {
            throw new Unclear(
                    "--item: found %s, expected 12 digits and two names, such as 312098001000=古树名木保护申请=Protection of old trees=10"
                            .formatted(said));
        }
        int days = parts.group(4) == null ? USUAL_LIMIT : Integer.parseInt(parts.group(4));
        return new ContractItem(parts.group(1), new Name(parts.group(2), parts.group(3)), days);
    }

    /** What was wrong before is not this partner's. */
    private static List<Fault> check(Draft draft, HubProperties files, CommandSettings of) {
        List<Fault> found = check(draft.routes(), draft.mappings(), of).stream()
                .map(draft::told)
                .toList();
        if (found.isEmpty()) {
            return found;
        }
        List<Fault> before = check(files.routesDir(), files.mappingsDir(), of);
        return found.stream().filter(fault -> !before.contains(fault)).toList();
    }

    private static List<Fault> check(Path routes, Path mappings, CommandSettings of) {
        return new HubCheck(routes, mappings, of.placeholders(), HubConfiguration.beans())
                .run(LocalDate.now(CaseTimes.SHANGHAI), false);
    }

    private int refused(List<Fault> faults) {
        faults.forEach(out::println);
        out.println("Nothing was written.");
        return 1;
    }

    private int written(Draft draft, Contract contract) throws IOException {
        draft.keep().forEach(file -> out.printf("Written: %s%n", file));
        out.printf("%nIt decides, since %s:%n", contract.since());
        contract.items()
                .forEach(
                        item -> out.printf("  %s %s%n", item.code(), item.name().zh()));
        out.printf("""

                Now: start the demo again (mvn spring-boot:run), and in another terminal
                  java -jar target/shuniu.jar try %s
                Then change what differs at the office: %s says what goes to it,
                `map` shows what a mapping does with a message, `check` what is wrong, and `handout` writes what its developers get.
                """, partner, "mappings/%s".formatted(partner));
        return 0;
    }
}
