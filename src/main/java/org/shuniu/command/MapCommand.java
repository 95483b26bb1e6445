package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.codec.Garbled;
import org.shuniu.document.CaseTimes;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.ExplainedRow;
import org.shuniu.mapping.Explanation;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Translates one message and says what each row of the mapping did with it. */
@Command(
        name = "map",
        description = {
            "translates one message, and says what each row of the mapping did with it",
            "Nothing is sent. What is shown has the values of the message, which may be a person's."
        },
        footer = {
            "",
            "For example: map economy/application.out mappings/economy/examples/application.out/online.source.json",
            "Exit code 1 when a row fails or the message can't be read."
        })
final class MapCommand implements Callable<Integer> {

    private static final Pattern MAPPING =
            Pattern.compile("(?:.*/)?([a-z][a-z0-9-]*)/([a-z][a-z-]*\\.(?:out|in))(?:\\.yaml)?");

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Parameters(
            index = "0",
            paramLabel = "MAPPING",
            description = "such as economy/application.out, or the path of its file")
    private String mapping = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "the message: for .out a tree as in mappings/README.md, for .in what the partner answered")
    private Path file = Path.of("");

    @Option(
            names = "--context",
            paramLabel = "FILE",
            description = "for .in, what is known besides: transport, call, message, case; by default that of examples")
    private @Nullable Path context;

    @Option(
            names = "--day",
            paramLabel = "DAY",
            description = "by whose tables, such as 2026-07-01; by default today's")
    private LocalDate day = LocalDate.now(CaseTimes.SHANGHAI);

    @Option(
            names = "--json",
            description = "as JSON: {rows: [{at, target, origin, found, steps, end, result}], outcome, result}")
    private boolean json;

    @Option(names = "--result", description = "only what comes of it, as the target of an example has it")
    private boolean result;

    MapCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Matcher name = MAPPING.matcher(mapping.replace('\\', '/'));
        if (!name.matches()) {
            throw new Unclear(
                    "MAPPING: found %s, expected a partner's, such as economy/application.out".formatted(mapping));
        }
        try (CommandSettings of = CommandSettings.of(settings)) {
            Explanation explained = mappings(of, name.group(1))
                    .explain(name.group(1), name.group(2), Files.readAllBytes(file), known(), Days.of(day));
            if (json) {
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(explained));
            } else if (result) {
                out.println(explained.result());
            } else {
                print(explained);
            }
            return explained.isDone() ? 0 : 1;
        } catch (AnswerGarbled | MappingFailed | Garbled unreadable) {
            out.println(unreadable.getMessage());
            return 1;
        } catch (JacksonException malformed) {
            out.printf("%s: not JSON: %s%n", file, malformed.getOriginalMessage());
            return 1;
        }
    }

    /** What is wrong with those of others is theirs. */
    static Mappings mappings(CommandSettings settings, String partner) {
        List<Fault> faults = new ArrayList<>();
        Path folder = settings.bind("shuniu", HubProperties.class).mappingsDir();
        Mappings mappings = Mappings.load(folder, faults);
        faults.stream()
                .filter(fault -> Path.of(fault.file()).startsWith(folder.resolve(partner)))
                .findFirst()
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault.toString());
                });
        return mappings;
    }

    private @Nullable JsonNode known() throws IOException {
        try {
            return context == null ? null : JsonMapper.shared().readTree(Files.readString(context));
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    "%s: not JSON: %s".formatted(context, malformed.getOriginalMessage()), malformed);
        }
    }

    private void print(Explanation explained) {
        if (!explained.outcome().isEmpty()) {
            out.println("outcome: " + explained.outcome());
        }
        for (ExplainedRow row : explained.rows()) {
            out.printf("%-9s %s%n", row.end().name().toLowerCase(Locale.ROOT).replace('_', ' '), row.target());
            out.printf("            %s%s%n", row.origin(), row.found().isEmpty() ? "" : ": " + row.found());
            row.steps().forEach(step -> out.println("            " + step));
            if (!row.result().isEmpty()) {
                out.println("            = " + row.result());
            }
        }
        if (!explained.result().isEmpty()) {
            out.println();
            out.println(explained.result());
        }
    }
}
