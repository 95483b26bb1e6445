package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.conformance.End;
import org.shuniu.conformance.RecordedPass;
import org.shuniu.conformance.Suite;
import org.shuniu.conformance.Tried;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractFile;
import org.shuniu.document.CaseTimes;
import org.shuniu.fault.Fault;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Tries an office's test system with all that was agreed, and records that it passed. */
@Command(
        name = "conform",
        description = {
            "tries an office's test system with all that mappings/PARTNER/contract.yaml says, and records that it passed",
            "It needs no hub: it speaks to the office by the partner's own address, secrets, channel and mappings, and sends cases of",
            "people who do not exist, under numbers that no hub gives. Calls, files, queues and tables are tried alike; what the office",
            "puts into its files, reply queue or result tables is taken by this command, and nobody else may read it meanwhile.",
            "What the office must take: each item, each code, each field left out, at its longest and with rare characters, the same",
            "message twice, supplement and withdrawal. What it must tell: a decision within --seconds by the way that was agreed, and how",
            "a case stands when it is asked. What it must send back: a message without a required field, with one too long, with an",
            "unknown code, cut off, or by a stranger."
        },
        footer = {
            "",
            "For example: conform forestry --address=https://test.example.org/forestry --listen=0.0.0.0:8099 --keep=bytes",
            "A broker is an --address such as amqp://test.example.org:5672, a database jdbc:postgresql://test.example.org:5432/forestry.",
            "When nothing fails and no --only was given, mappings/PARTNER/conformance.yaml says so: review it and keep it with the",
            "files. With shuniu.conformance.required, `check` and `swap` ask for it, and a hub that starts without one sends nothing there.",
            "Exit code 0 when nothing fails, 1 when something does, 2 when it could not be tried."
        })
final class ConformCommand implements Callable<Integer> {

    private static final Pattern LISTEN = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:]+):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Parameters(paramLabel = "PARTNER", description = "whose contract it is")
    private String partner = "";

    @Option(
            names = "--address",
            paramLabel = "URL",
            description =
                    "where the test system is, its SFTP server, its broker or its front-end database (jdbc:postgresql://…); by default where partner.yaml says that the office is")
    private @Nullable URI address;

    @Option(
            names = "--yes",
            description = "also at the address in force of a production hub, where the office's real system may be")
    private boolean yes;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "where callbacks are taken, at /callback/v1/PARTNER; the test system must be told to call there. Needed where the contract says callback")
    private @Nullable String listen;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "within which the test system decides a case, by itself; by default ${DEFAULT-VALUE}")
    private int seconds = 60;

    @Option(
            names = "--only",
            paramLabel = "ID",
            description =
                    "only trials whose id begins so, such as application/ or asked/in-work; may stand several times. Nothing is recorded")
    private List<String> only = List.of();

    @Option(
            names = "--keep",
            paramLabel = "DIRECTORY",
            description = "keeps what went and came, byte for byte, in a folder for each trial")
    private @Nullable Path keep;

    @Option(
            names = "--json",
            description =
                    "as JSON: {partner, host, passed, record, trials: [{id, end, expected, came, whose, bytes, millis}]}")
    private boolean json;

    ConformCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties files = of.bind("shuniu", HubProperties.class);
            Contract contract = contract(files.mappingsDir());
            String tried = RecordedPass.of(files.mappingsDir(), partner);
            Partner tested = tested(of, files);
            Machine at = Machine.of(tested.place().orElseThrow());
            at.reach();
            Secrets secrets = Secrets.of(files.secretsDir(), System.getenv());
            Catalogue catalogue = Catalogue.load(files.mappingsDir());
            tellHours(contract, catalogue);
            try (Suite suite = Suite.of(
                    new Suite.Files(files.mappingsDir(), contract, MapCommand.mappings(of, partner), catalogue),
                    tested,
                    secrets,
                    LocalDate.now(CaseTimes.SHANGHAI),
                    new Suite.Terms(Duration.ofSeconds(seconds), listener(contract), keep, which()))) {
                return run(suite, files.mappingsDir(), tried, at);
            }
        }
    }

    private Contract contract(Path mappings) throws IOException {
        Path file = ContractFile.of(mappings, partner);
        if (!Files.isRegularFile(file)) {
            throw new Unclear("PARTNER: there is no %s, expected a partner with a contract".formatted(file));
        }
        List<Fault> faults = new ArrayList<>();
        return ContractFile.read(file, faults)
                .orElseThrow(() -> new IllegalArgumentException(faults.get(0).toString()));
    }

    /** The partner where its test system is. */
    private Partner tested(CommandSettings of, HubProperties files) {
        PartnerDirectory.Look look = PartnerDirectory.look(files.routesDir(), of.placeholders(), Map.of());
        if (look.faults().containsKey(partner)) {
            throw new IllegalArgumentException(look.faults().get(partner).get(0).toString());
        }
        Partner known = Optional.ofNullable(look.partners().get(partner))
                .orElseThrow(() -> new Unclear("PARTNER: there is no %s, expected one (new %s)"
                        .formatted(PartnerDirectory.file(files.routesDir(), partner), partner)));
        if (!Suite.impossible(known).isEmpty()) {
            throw new IllegalArgumentException(Suite.impossible(known));
        }
        URI inForce = known.place().orElseThrow();
        boolean elsewhere = address != null && !Machine.of(address).equals(Machine.of(inForce));
        if (of.areOfProduction() && !elsewhere && !yes) {
            throw new IllegalArgumentException(
                    "%s is the address in force of a production hub, expected that of a test system (--address), or --yes"
                            .formatted(Machine.of(inForce)));
        }
        return address == null ? known : known.at(address);
    }

    /** A test system may keep the office's hours or not. */
    private void tellHours(Contract contract, Catalogue catalogue) {
        boolean open = contract.hours().windows().open(LocalDateTime.now(CaseTimes.SHANGHAI), catalogue.calendar());
        if (!open && !json) {
            out.printf(
                    "By its contract the office is closed now (hours: %s)%n",
                    contract.hours().text());
        }
    }

    private @Nullable InetSocketAddress listener(Contract contract) {
        if (contract.results() != Results.CALLBACK) {
            return null;
        }
        Matcher said = LISTEN.matcher(listen == null ? "" : listen);
        if (!said.matches() || Integer.parseInt(said.group(2)) > LAST_PORT) {
            throw new Unclear("--listen: found %s, expected HOST:PORT where the office calls back, such as 0.0.0.0:8099"
                    .formatted(listen == null ? "nothing" : listen));
        }
        return new InetSocketAddress(said.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(said.group(2)));
    }

    private Predicate<String> which() {
        return id -> only.isEmpty() || only.stream().anyMatch(id::startsWith);
    }

    /** @param files what stands for those that are tried */
    private int run(Suite suite, Path mappings, String files, Machine at) throws IOException, InterruptedException {
        if (suite.ids().stream().noneMatch(which())) {
            throw new Unclear(
                    "--only: no trial begins with one of %s, expected some of %s".formatted(only, suite.ids()));
        }
        if (!json) {
            out.printf("%s at %s, with cases of people who do not exist%n", partner, at.host());
            suite.listensAt()
                    .ifPresent(place -> out.printf(
                            "It has to call back to port %d, /callback/v1/%s, with the token whose digest is the secret %s-callback-token-sha256%n",
                            place.getPort(), partner, partner));
        }
        List<Tried> trials = suite.run(json ? trial -> {} : this::tell);
        boolean passed = trials.stream().noneMatch(trial -> trial.end() == End.FAILED);
        if (!files.equals(RecordedPass.of(mappings, partner))) {
            throw new IllegalArgumentException(
                    "files of mappings/%s were changed while they were tried, expected a run with those of now: nothing is recorded"
                            .formatted(partner));
        }
        Optional<Path> record = passed && only.isEmpty()
                ? Optional.of(RecordedPass.write(mappings, partner, at.host(), trials))
                : Optional.empty();
        if (json) {
            out.println(JsonMapper.shared()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(report(at, passed, record, trials)));
        } else {
            tellEnd(trials, record);
        }
        return passed ? 0 : 1;
    }

    private void tell(Tried trial) {
        out.printf("%-14s %s%n", trial.end().word(), trial.id());
        if (trial.end() == End.NOT_APPLICABLE) {
            out.printf("               %s%n", trial.came());
        } else if (trial.end() == End.FAILED) {
            out.printf("               expected: %s%n", trial.expected());
            out.printf("               came:     %s%n", trial.came());
            out.printf("               whose:    %s%n", whose(trial));
            out.printf(
                    "               bytes:    %s%n",
                    trial.bytes().orElse("conform %s --only=%s --keep=DIRECTORY".formatted(partner, trial.id())));
        }
    }

    private String whose(Tried trial) {
        return switch (trial.whose()) {
            case OFFICE -> "the office's: it is not as mappings/%s/contract.yaml says".formatted(partner);
            case HUB -> "the hub's own: mappings/%s/ or routes/%s/".formatted(partner, partner);
            case EITHER -> "the office's answer, or how mappings/%s/result.in.yaml reads it".formatted(partner);
            case NETWORK -> "nobody's who can be seen from here: the office was busy or out of reach";
            case NOBODY -> "nobody's";
        };
    }

    private void tellEnd(List<Tried> trials, Optional<Path> record) {
        out.printf(
                "%d passed, %d failed, %d not applicable%n",
                count(trials, End.PASSED), count(trials, End.FAILED), count(trials, End.NOT_APPLICABLE));
        record.ifPresent(file -> out.printf("Written: %s, for review%n", file));
    }

    private static long count(List<Tried> trials, End end) {
        return trials.stream().filter(trial -> trial.end() == end).count();
    }

    private Map<String, Object> report(Machine at, boolean passed, Optional<Path> record, List<Tried> trials) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("partner", partner);
        report.put("host", at.host());
        report.put("passed", passed);
        report.put("record", record.map(Path::toString).orElse(null));
        report.put("trials", trials.stream().map(ConformCommand::shown).toList());
        return report;
    }

    private static Map<String, Object> shown(Tried trial) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", trial.id());
        shown.put("end", trial.end().word());
        shown.put("expected", trial.expected());
        shown.put("came", trial.came());
        shown.put("whose", trial.whose().word());
        shown.put("bytes", trial.bytes().orElse(null));
        shown.put("millis", trial.millis());
        return shown;
    }
}
