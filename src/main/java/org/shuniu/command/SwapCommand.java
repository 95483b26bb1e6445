package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets a hub that runs take up what was changed in its folders, or go back. */
@Command(
        name = "swap",
        description = {
            "lets a running hub take up what was changed in its folders of routes and mappings, without a restart",
            "The hub checks all of it, builds all routes in a scratch context that starts nothing, and then exchanges what is",
            "different: mappings, tables and partners between two messages, routes one after the other. What is broken is refused",
            "with all that is wrong, and the old stays. Each version is kept, with who put it into force and why, and is a line of",
            "the audit; all processes of the hub follow within seconds. What was changed in the jar, its migrations, in",
            "application.yaml, in the environment or on the command line needs a restart."
        },
        footer = {
            "",
            "Exit code 0 when the version is in force (or could be), 1 when it is refused, 2 when nothing was done."
        })
final class SwapCommand implements Callable<Integer> {

    /** A check of all files, and a drain of each route that is exchanged. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final String ADDRESS = "/ops/v1/swap";
    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Mixin
    private AskedHub engineer;

    @Option(names = "--check-only", description = "only says what would come of it, and changes nothing")
    private boolean checkOnly;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; it stands in the audit for ever")
    private @Nullable String reason;

    SwapCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (checkOnly) {
            return said(calls(engineer).post(ADDRESS + "/check", "{}", PATIENCE), "would come into force");
        }
        String body = body(reason);
        return said(calls(engineer).post(ADDRESS, body, PATIENCE), "is in force");
    }

    @Command(name = "list", description = "says which versions came into force when, by whom and why, newest first")
    int list(@Mixin Help asked, @Mixin AskedHub who) throws IOException, InterruptedException {
        HttpResponse<String> answer = calls(who).get(ADDRESS);
        if (answer.statusCode() != OK) {
            throw refused(answer);
        }
        JsonNode all = JsonMapper.shared().readTree(answer.body());
        for (JsonNode swap : all.path("swaps")) {
            out.printf(
                    "%4d  %s  %s  %-8s  %s: %s%n",
                    swap.path("seq").asLong(),
                    text(swap, "version"),
                    text(swap, "at"),
                    text(swap, "kind"),
                    text(swap, "author"),
                    text(swap, "reason"));
        }
        for (JsonNode process : all.path("processes")) {
            out.printf(
                    "%s goes by %s%s%n",
                    text(process, "place"),
                    text(process, "version"),
                    process.path("fault").isString() ? ": " + text(process, "fault") : "");
        }
        return 0;
    }

    @Command(
            name = "rollback",
            description = {
                "lets a running hub go back to a version that was in force before",
                "The files in its folders stay as they are: a hub that is started later goes by those. See `swap export`."
            })
    int rollBack(
            @Mixin Help asked,
            @Mixin AskedHub who,
            @Parameters(paramLabel = "VERSION", description = "as `swap list` names it") String version,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why; it stands in the audit for ever")
                    @Nullable
                    String why)
            throws IOException, InterruptedException {
        return said(
                calls(who).post("%s/%s/rollback".formatted(ADDRESS, word(version)), body(why), PATIENCE),
                "is in force");
    }

    @Command(
            name = "export",
            description =
                    "writes the files of a version into a directory, as routes/ and mappings/, to compare or to go on from")
    int export(
            @Mixin Help asked,
            @Mixin AskedHub who,
            @Parameters(paramLabel = "VERSION", description = "as `swap list` names it") String version,
            @Option(
                            names = "--into",
                            paramLabel = "DIRECTORY",
                            required = true,
                            description = "one that does not exist, or is empty")
                    Path directory)
            throws IOException, InterruptedException {
        if (Files.exists(directory) && !isEmpty(directory)) {
            throw new Unclear("--into: %s has files in it, expected one without".formatted(directory));
        }
        HttpResponse<String> answer = calls(who).get("%s/%s/files".formatted(ADDRESS, word(version)));
        if (answer.statusCode() != OK) {
            throw refused(answer);
        }
        Path root = directory.toAbsolutePath().normalize();
        for (Map.Entry<String, JsonNode> file :
                JsonMapper.shared().readTree(answer.body()).properties()) {
            Path path = root.resolve(file.getKey()).normalize();
            if (!path.startsWith(root)) {
                throw new IOException("the hub names a file outside of the directory: " + file.getKey());
            }
            Files.createDirectories(path.getParent());
            Files.write(path, Base64.getDecoder().decode(file.getValue().stringValue()));
        }
        out.printf("Version %s is in %s.%n", version, directory);
        return 0;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static String word(String version) {
        if (!version.matches("[0-9a-f]{12}")) {
            throw new Unclear("VERSION: found %s, expected 12 hex digits as `swap list` shows them".formatted(version));
        }
        return version;
    }

    private static String body(@Nullable String why) {
        if (why == null || why.isBlank()) {
            throw new Unclear("--reason: expected why, in words that stand in the audit");
        }
        return JsonMapper.shared().writeValueAsString(Map.of("reason", why));
    }

    private HubCalls calls(AskedHub who) {
        try (CommandSettings of = CommandSettings.of(settings)) {
            return who.calls(of);
        }
    }

    private int said(HttpResponse<String> answer, String is) {
        if (answer.statusCode() != OK && answer.statusCode() != UNPROCESSABLE) {
            throw refused(answer);
        }
        JsonNode said = JsonMapper.shared().readTree(answer.body());
        if (!said.has("version")) {
            throw refused(answer);
        }
        if (!said.path("faults").isEmpty()) {
            said.path("faults").forEach(fault -> out.println(line(fault)));
            out.printf(
                    "%d thing(s) are wrong with version %s; the hub goes by the one before.%n",
                    said.path("faults").size(), text(said, "version"));
            return 1;
        }
        if (!said.has("files")) {
            out.printf("Version %s is in force already: nothing is different.%n", text(said, "version"));
            return 0;
        }
        said.path("files")
                .properties()
                .forEach(file -> out.printf("%-8s %s%n", file.getValue().stringValue(), file.getKey()));
        out.printf(
                "Version %s %s; routes added: %s; replaced: %s; removed: %s.%n",
                text(said, "version"), is, names(said, "added"), names(said, "replaced"), names(said, "removed"));
        return 0;
    }

    private static String line(JsonNode fault) {
        long line = fault.path("line").asLong();
        String place = text(fault, "place");
        return "%s%s:%s %s, expected %s"
                .formatted(
                        text(fault, "file"),
                        line > 0 ? ":" + line : "",
                        place.isEmpty() ? "" : " " + place + ":",
                        text(fault, "reason"),
                        text(fault, "cure"));
    }

    private static String names(JsonNode said, String kind) {
        JsonNode names = said.path("routes").path(kind);
        return names.isEmpty()
                ? "none"
                : names.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static IllegalStateException refused(HttpResponse<String> answer) {
        return new IllegalStateException(
                "the hub answers HTTP %d: %s".formatted(answer.statusCode(), title(answer.body())));
    }

    private static String title(String body) {
        try {
            return JsonMapper.shared().readTree(body).path("title").asString(body);
        } catch (RuntimeException noJson) {
            return body;
        }
    }
}
