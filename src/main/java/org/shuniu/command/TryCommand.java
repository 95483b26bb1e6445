package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnerFiles;
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
            "mappings/PARTNER/examples/application.out/EXAMPLE.source.json, handed in now, and at the first centre of the catalogue",
            "where it comes from a counter and names none. An example that would not reach the partner at once (it is refused,",
            "goes to a centre first, or names a file) is left, which is said; where there is no other, the hub is asked with each."
        },
        footer = {
            "",
            "Exit code 0 when the partner has taken it or decided, 1 when it is refused, parked, given to others or not there in time."
        })
final class TryCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final int HTTP_OK = 200;
    /** Steps that say what became of the delivery to a partner. */
    private static final Set<String> ENDS = Set.of("delivered", "refused", "parked");

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Parameters(paramLabel = "PARTNER", description = "who decides the case")
    private String partner = "";

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description =
                    "such as online, whatever becomes of it; by default the smallest that reaches the partner at once")
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
    private int seconds = 480;

    TryCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties files = of.bind("shuniu", HubProperties.class);
            PartnerDirectory partners = PartnerDirectory.load(files.routesDir(), of.placeholders());
            requireKnown(partners);
            List<Path> sources = sources(files.mappingsDir());
            Catalogue catalogue = Catalogue.load(files.mappingsDir());
            Senders senders = new Senders(partners, new PartnerFiles(files.routesDir()).senders(), sender);
            Forecast forecast = new Forecast(files.mappingsDir(), catalogue, partners);
            List<ApplicationExample> examples = sources.stream()
                    .map(source -> ApplicationExample.read(source, catalogue))
                    .toList();
            for (ApplicationExample one : example == null ? straight(examples, senders, forecast) : examples) {
                String by = senders.require(one.channel());
                HubCalls calls = HubCalls.by(of, hub, by);
                JsonNode receipt = handIn(calls, one.source(), by, one.document());
                if (receipt.has("caseNo")) {
                    return follow(calls, receipt);
                }
            }
            return 1;
        }
    }

    private void requireKnown(PartnerDirectory partners) {
        if (partners.find(partner).isEmpty()) {
            throw new Unclear("PARTNER: found %s, expected one of %s"
                    .formatted(partner, partners.all().stream().map(Partner::id).toList()));
        }
    }

    /** All of the partner, or that which was asked for. */
    private List<Path> sources(Path mappings) throws IOException {
        List<Path> all = ApplicationExample.sources(mappings, partner);
        List<Path> sources = all.stream()
                .filter(source ->
                        example == null || ApplicationExample.name(source).equals(example))
                .toList();
        if (sources.isEmpty()) {
            throw new Unclear("--example: expected one of %s"
                    .formatted(
                            all.stream().map(ApplicationExample::name).sorted().toList()));
        }
        return sources;
    }

    /** Those that reach the partner at once; where none does, the hub is asked with each: one that is refused makes no case. */
    private List<ApplicationExample> straight(List<ApplicationExample> examples, Senders senders, Forecast forecast) {
        List<ApplicationExample> straight = new ArrayList<>();
        for (ApplicationExample one : examples) {
            senders.find(one.channel())
                    .map(by -> forecast.hindrance(one.document(), by, partner))
                    .orElse(Optional.of("it comes by a channel that its sender may not use"))
                    .ifPresentOrElse(
                            why -> out.printf("left %s: %s%n", ApplicationExample.name(one.source()), why),
                            () -> straight.add(one));
        }
        return straight.isEmpty() ? examples : straight;
    }

    /** The receipt, or the problem for which it was refused, which is told. */
    private JsonNode handIn(HubCalls calls, Path source, String by, ObjectNode document)
            throws IOException, InterruptedException {
        String key = UUID.randomUUID().toString();
        out.printf("%s, handed in by %s under the key %s%n", source, by, key);
        HttpResponse<String> answer = calls.post("/api/v1/applications", key, document.toString());
        JsonNode said = JsonMapper.shared().readTree(answer.body());
        out.printf("HTTP %d%s%n", answer.statusCode(), said.has("caseNo") ? "" : ": " + said);
        return said;
    }

    private int follow(HubCalls calls, JsonNode receipt) throws InterruptedException {
        String caseNo = receipt.path("caseNo").asString("");
        out.printf("case %s, for %s%n", caseNo, receipt.path("receivers"));
        if (receipt.path("receivers")
                .valueStream()
                .noneMatch(one -> one.asString("").equals(partner))) {
            out.printf("the hub does not give it to %s, or not at once: try another example (--example)%n", partner);
            return 1;
        }
        out.printf("followed until its result is here, for %d s at most%n", seconds);
        Instant end = Instant.now().plusSeconds(seconds);
        int told = 0;
        String becomes = "";
        while (true) {
            JsonNode file = file(calls, caseNo);
            JsonNode timeline = file.path("timeline");
            for (; told < timeline.size(); told++) {
                tell(timeline.get(told));
                becomes = becomes.isEmpty() ? ends(timeline.get(told)) : becomes;
            }
            boolean over = file.has("result") || becomes.equals("refused") || becomes.equals("parked");
            if (over || Instant.now().isAfter(end)) {
                return tellEnd(file, caseNo, becomes);
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** A case that can't be looked at now may be a moment later. */
    private JsonNode file(HubCalls calls, String caseNo) throws InterruptedException {
        try {
            HttpResponse<String> answer = calls.get("/api/v1/cases/" + caseNo);
            if (answer.statusCode() == HTTP_OK) {
                return JsonMapper.shared().readTree(answer.body());
            }
            out.printf("  the case can't be looked at: HTTP %d%n", answer.statusCode());
        } catch (IOException away) {
            out.println("  " + away.getMessage());
        }
        return JsonMapper.shared().createObjectNode();
    }

    /** What became of the partner's delivery by this step, or nothing. */
    private String ends(JsonNode step) {
        String event = step.path("event").asString("");
        return step.path("partner").asString("").equals(partner) && ENDS.contains(event) ? event : "";
    }

    private void tell(JsonNode step) {
        out.printf(
                "  %s  %-18s %s%n",
                step.path("at").asString(""),
                step.path("event").asString(""),
                step.path("text").path("en").asString(""));
    }

    private int tellEnd(JsonNode file, String caseNo, String becomes) {
        out.printf(
                "status %s, %s%n",
                file.path("status").asString(""),
                file.path("statusName").path("en").asString(""));
        if (file.has("result")) {
            out.println("result " + file.path("result"));
        } else {
            out.println(
                    switch (becomes) {
                        case "delivered" ->
                            "%s has it; its result may come later: GET /api/v1/cases/%s".formatted(partner, caseNo);
                        case "refused" -> partner + " refuses it";
                        case "parked" -> "it is parked: the page of the case in the console says why";
                        default ->
                            "%s does not have it yet: the page of the case in the console says why".formatted(partner);
                    });
        }
        return file.has("result") || becomes.equals("delivered") ? 0 : 1;
    }
}
