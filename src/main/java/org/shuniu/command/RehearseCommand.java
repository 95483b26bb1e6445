package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.shuniu.HubProperties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lets changed mappings run beside those in force on the messages that come, without sending anything. */
@Command(
        name = "rehearse",
        description = {
            "lets changed mappings run beside those in force on the messages that come, without sending anything",
            "Every process of the hub translates by both, and adds up in what they differ."
        },
        synopsisSubcommandLabel = "start|show|drop|promote",
        footer = {
            "",
            "Each start, drop and promote is a line of the hub's audit, with its reason.",
            "Exit code of show: 0 when nothing differs so far, 1 when something does. Of the others: 1 when the hub refuses."
        })
final class RehearseCommand {

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    /** Whose mappings. */
    static final class Whose {
        @Parameters(paramLabel = "PARTNER", description = "such as economy")
        private String partner = "";

        String partner() {
            if (!partner.matches("[a-z][a-z0-9-]*")) {
                throw new Unclear("PARTNER: found %s, expected a partner's id, such as economy".formatted(partner));
            }
            return partner;
        }
    }

    /** Why. */
    static final class Why {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for the audit")
        private String reason = "";
    }

    RehearseCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Command(
            name = "start",
            description =
                    "sends the files of mappings/PARTNER to the hub, which rehearses them until they are dropped or promoted")
    int start(@Mixin Help asked, @Mixin Whose whose, @Mixin Why why, @Mixin AskedHub hub)
            throws IOException, InterruptedException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            ObjectNode request =
                    Candidates.request(mappings(of), whose.partner()).put("reason", why.reason);
            AskedHub.Answer answer = hub.post(of, "/rehearsals/" + whose.partner(), request);
            return told(answer, "is rehearsed beside");
        }
    }

    @Command(
            name = "show",
            description = "says what the rehearsal of a partner has seen so far, or that which was last")
    int show(
            @Mixin Help asked,
            @Mixin Whose whose,
            @Mixin AskedHub hub,
            @Option(names = "--json", description = "as JSON, as GET /ops/v1/rehearsals/PARTNER gives it") boolean json)
            throws IOException, InterruptedException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            JsonNode told = hub.get(of, "/rehearsals/" + whose.partner()).require();
            if (json) {
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(told));
            } else {
                out.printf(
                        "%s since %s, by %s: %s%n",
                        told.path("state").asString(""),
                        told.path("startedAt").asString(""),
                        told.path("author").asString(""),
                        told.path("reason").asString(""));
                new DifferenceLines(out).print(told);
            }
            return DifferenceLines.differs(told) ? 1 : 0;
        }
    }

    @Command(name = "drop", description = "ends the rehearsal of a partner")
    int drop(@Mixin Help asked, @Mixin Whose whose, @Mixin Why why, @Mixin AskedHub hub)
            throws IOException, InterruptedException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            ObjectNode request = JsonMapper.shared().createObjectNode().put("reason", why.reason);
            return told(hub.post(of, "/rehearsals/%s/drop".formatted(whose.partner()), request), "was dropped beside");
        }
    }

    @Command(
            name = "promote",
            description = {
                "ends the rehearsal of a partner as fit, and writes what was rehearsed into mappings/PARTNER",
                "Refused before it has seen enough messages (shuniu.rehearsal.enough), and while messages fail only under the candidate.",
                "No hub translates by it yet: it is in force once the hub reads these files."
            })
    int promote(
            @Mixin Help asked,
            @Mixin Whose whose,
            @Mixin Why why,
            @Mixin AskedHub hub,
            @Option(
                            names = "--accept",
                            paramLabel = "TEXT",
                            description = "why it is well that messages fail only under it")
                    String accept)
            throws IOException, InterruptedException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            ObjectNode request = JsonMapper.shared().createObjectNode().put("reason", why.reason);
            if (accept != null) {
                request.put("accept", accept);
            }
            AskedHub.Answer answer = hub.post(of, "/rehearsals/%s/promote".formatted(whose.partner()), request);
            int refused = told(answer, "was promoted in the place of");
            if (refused != 0) {
                return refused;
            }
            boolean clean =
                    Candidates.write(answer.body().path("files"), mappings(of).resolve(whose.partner()), out);
            out.println("It is in force once the hub has read these files.");
            return clean ? 0 : 1;
        }
    }

    /** What was done, or 1 with the reason of the hub. */
    private int told(AskedHub.Answer answer, String what) {
        if (!answer.isDone()) {
            out.println(answer.why());
            return 1;
        }
        out.printf(
                "%s: %s %s %s%n",
                answer.body().path("partner").asString(""),
                answer.body().path("candidate").asString(""),
                what,
                answer.body().path("inForce").asString(""));
        return 0;
    }

    private static Path mappings(CommandSettings settings) {
        return settings.bind("shuniu", HubProperties.class).mappingsDir();
    }
}
