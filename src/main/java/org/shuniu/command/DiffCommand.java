package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.rehearsal.ExampleComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says what the mappings in the working directory would change on messages that a hub has recorded, or on examples. */
@Command(
        name = "diff",
        description = {
            "says what changed mappings and code tables would change on messages that a running hub has recorded",
            "The files of mappings/PARTNER go to the hub, which translates the partner's newest messages by them and by those in",
            "force: documents towards the partner, and what it answered. Nothing is sent to anybody, and values are covered: what comes back is only",
            "fields, kinds of difference and how often, with the ids of a few messages. It is a line of the hub's audit, with its reason."
        },
        footer = {
            "",
            "For example: diff economy/application.out --last 200 --reason \"codes of 2027\"",
            "             diff economy --examples --old ../as-it-was/mappings/economy",
            "Exit code 0 when nothing differs, 1 when something does, 2 when it could not be told."
        })
final class DiffCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9-]*)(?:/([a-z][a-z-]*\\.(?:out|in)))?");

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Mixin
    private AskedHub hub;

    @Parameters(paramLabel = "PARTNER[/MAPPING]", description = "such as economy or economy/application.out")
    private String name = "";

    @Option(names = "--last", paramLabel = "N", description = "so many messages each way, the newest; by default 1000")
    private @Nullable Integer last;

    @Option(names = "--since", paramLabel = "DAY", description = "none older, such as 2026-11-01")
    private @Nullable LocalDate since;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the audit; not asked on examples")
    private String reason = "";

    @Option(names = "--examples", description = "on the partner's examples instead, without a hub")
    private boolean examples;

    @Option(
            names = "--old",
            paramLabel = "FOLDER",
            description = "with --examples: the partner's mappings as they were")
    private @Nullable Path old;

    @Option(
            names = "--json",
            description =
                    "as JSON: {mappings, differences: [{mapping, field, kind, count, before, after, messages}], failures}")
    private boolean json;

    DiffCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Matcher asked = NAME.matcher(name);
        if (!asked.matches()) {
            throw new Unclear("PARTNER: found %s, expected a partner's id, or with a mapping of it".formatted(name));
        }
        if (!examples && reason.isBlank()) {
            throw new Unclear(
                    "--reason TEXT: found none, expected why messages of the hub are opened, which its audit keeps");
        }
        if (examples != (old != null)) {
            throw new Unclear("--examples and --old FOLDER: found one of them, expected both or none");
        }
        try (CommandSettings of = CommandSettings.of(settings)) {
            Path folder = of.bind("shuniu", HubProperties.class).mappingsDir();
            JsonNode told = examples
                    ? new ExampleComparison(folder).of(asked.group(1), asked.group(2), old())
                    : recorded(of, folder, asked.group(1), asked.group(2));
            print(told);
            return DifferenceLines.differs(told) ? 1 : 0;
        }
    }

    private Path old() {
        if (!Files.isDirectory(old)) {
            throw new Unclear("--old: found %s, expected a folder of mappings".formatted(old));
        }
        return old;
    }

    private JsonNode recorded(CommandSettings of, Path folder, String partner, @Nullable String mapping)
            throws IOException, InterruptedException {
        ObjectNode request = Candidates.request(folder, partner).put("reason", reason);
        if (mapping != null) {
            request.put("mapping", mapping);
        }
        if (last != null) {
            request.put("last", last);
        }
        if (since != null) {
            request.put("since", since.toString());
        }
        return hub.post(of, "/comparisons/" + partner, request).require();
    }

    private void print(JsonNode told) {
        if (json) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(told));
        } else {
            new DifferenceLines(out).print(told);
        }
    }
}
