package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnerFiles;
import org.shuniu.partner.Secrets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Hands an example of a partner's applications to a hub that runs, as a sender would, and follows the case. */
@Command(
        name = "try",
        description = {
            "hands one example of a partner's applications to a running hub, as a sender would, and follows its case",
            "The case is a real one for the hub and for whoever is behind the partner's address. Its document is that of",
            "mappings/PARTNER/examples/application.out/EXAMPLE.source.json, handed in now."
        },
        footer = {
            "",
            "Exit code 0 when the partner has taken it or decided, 1 when it is refused, parked or not there in time."
        })
final class TryCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final String SOURCE = ".source.json";
    /** Steps after which nothing comes by itself, or nothing that concerns whether the partner has it. */
    private static final Map<String, Integer> ENDS = Map.of("delivered", 0, "refused", 0, "parked", 1);

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Parameters(paramLabel = "PARTNER", description = "who decides the case")
    private String partner = "";

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "such as online; by default the smallest that names no attachment")
    private @Nullable String example;

    @Option(
            names = "--as",
            paramLabel = "SENDER",
            description =
                    "who hands it in, with the secret SENDER-token; by default the first that may use its channel")
    private @Nullable String sender;

    @Option(
            names = "--hub",
            paramLabel = "URL",
            description = "where the hub is; by default on this machine, at its setting server.port")
    private @Nullable URI hub;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "how long its result is waited for; by default ${DEFAULT-VALUE}")
    private int seconds = 30;

    TryCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties files = of.bind("shuniu", HubProperties.class);
            PartnerDirectory partners = PartnerDirectory.load(files.routesDir(), of.placeholders());
            if (partners.find(partner).isEmpty()) {
                throw new Unclear("PARTNER: found %s, expected one of %s"
                        .formatted(
                                partner,
                                partners.all().stream().map(Partner::id).toList()));
            }
            Path source = source(files.mappingsDir());
            ObjectNode document = document(source);
            String by =
                    sender(partners, files.routesDir(), document.path("channel").asString(""));
            String token = Secrets.of(files.secretsDir(), System.getenv()).require(by + "-token");
            URI address = hub == null ? of.ownAddress() : hub;
            return follow(new HubCalls(address, token), source, by, document);
        }
    }

    private Path source(Path mappings) throws IOException {
        Path folder = mappings.resolve(partner).resolve("examples/application.out");
        if (!Files.isDirectory(folder)) {
            throw new Unclear(
                    "PARTNER: %s has no examples of applications, expected some in %s".formatted(partner, folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(SOURCE))
                    .sorted()
                    .toList();
            return sources.stream()
                    .filter(file -> example == null || file.endsWith(example + SOURCE))
                    .filter(file -> example != null || !text(file).contains("\"attachment\""))
                    .min(Comparator.comparingInt(file -> text(file).length()))
                    .orElseThrow(() -> new Unclear("--example: expected one of %s"
                            .formatted(sources.stream()
                                    .map(file -> file.getFileName().toString().replace(SOURCE, ""))
                                    .toList())));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("%s can't be read".formatted(file), unreadable);
        }
    }

    /** What the example's sender said, said now. */
    private static ObjectNode document(Path source) {
        if (JsonMapper.shared().readTree(text(source)).path("document") instanceof ObjectNode document) {
            return document.put("applicationTime", CaseTimes.write(OffsetDateTime.now()));
        }
        throw new IllegalArgumentException("%s has no document".formatted(source));
    }

    private String sender(PartnerDirectory partners, Path routes, String channel) {
        if (sender != null) {
            return sender;
        }
        return new PartnerFiles(routes)
                .senders().stream()
                        .filter(id -> partners.partner(id).sending().mayUse(channel))
                        .findFirst()
                        .orElseThrow(() -> new Unclear(
                                "--as: no partner that hands in applications may use channel %s, expected one that may"
                                        .formatted(channel)));
    }

    private int follow(HubCalls calls, Path source, String by, ObjectNode document)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                calls.post("/api/v1/applications", UUID.randomUUID().toString(), document.toString());
        out.printf("%s, handed in by %s: HTTP %d%n", source, by, answer.statusCode());
        JsonNode receipt = JsonMapper.shared().readTree(answer.body());
        String caseNo = receipt.path("caseNo").asString("");
        if (caseNo.isEmpty()) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(receipt));
            return 1;
        }
        out.println("case " + caseNo);
        Instant end = Instant.now().plusSeconds(seconds);
        int told = 0;
        int code = 1;
        while (true) {
            JsonNode file = JsonMapper.shared()
                    .readTree(calls.get("/api/v1/cases/" + caseNo).body());
            JsonNode timeline = file.path("timeline");
            for (; told < timeline.size(); told++) {
                JsonNode step = timeline.get(told);
                tell(step);
                if (step.path("partner").asString("").equals(partner)) {
                    code = ENDS.getOrDefault(step.path("event").asString(""), code);
                }
            }
            boolean parked = code == 1 && has(timeline, "parked");
            if (file.has("result") || parked || Instant.now().isAfter(end)) {
                tellEnd(file, caseNo, code);
                return code;
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private boolean has(JsonNode timeline, String event) {
        return timeline.valueStream()
                .anyMatch(step -> step.path("event").asString("").equals(event)
                        && step.path("partner").asString("").equals(partner));
    }

    private void tell(JsonNode step) {
        out.printf(
                "  %s  %-18s %s%n",
                step.path("at").asString(""),
                step.path("event").asString(""),
                step.path("text").path("en").asString(""));
    }

    private void tellEnd(JsonNode file, String caseNo, int code) {
        out.printf(
                "status %s, %s%n",
                file.path("status").asString(""),
                file.path("statusName").path("en").asString(""));
        if (file.has("result")) {
            out.println("result " + file.path("result"));
        } else if (code == 0) {
            out.printf("%s has it; its result may come later: GET /api/v1/cases/%s%n", partner, caseNo);
        } else {
            out.printf("%s does not have it: the page of the case in the console says why%n", partner);
        }
    }
}
