package org.shuniu.command;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.shuniu.HubConfiguration;
import org.shuniu.check.HubCheck;
import org.shuniu.document.CaseTimes;
import org.shuniu.fault.Fault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Says everything that is wrong with what people write for a hub, before a hub reads it. */
@Command(
        name = "check",
        description = {
            "says everything that is wrong with settings, routes, partners, mappings, examples and code tables, in one list",
            "Each line is FILE:LINE: PLACE: REASON, expected CURE. Exit code 1 when anything is wrong. Nothing is started,",
            "and nothing changed."
        })
final class CheckCommand implements Callable<Integer> {

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Option(
            names = "--json",
            description =
                    "as JSON: a list of {file, line, place, reason, cure}; the line is 0 where it is none in particular")
    private boolean json;

    @Option(
            names = "--reach",
            description =
                    "also opens a connection to the address, or broker, of each partner that is connected, and sends nothing")
    private boolean reach;

    CheckCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() {
        List<Fault> faults = SettingsFiles.malformed(settings);
        try (CommandSettings of = CommandSettings.of(faults.isEmpty() ? settings : withoutFiles())) {
            faults.addAll(of.faults());
            faults.addAll(ofFolders(of));
        }
        if (json) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(faults));
        } else {
            faults.forEach(out::println);
            out.println(faults.isEmpty() ? "All is well." : "%d thing(s) are wrong.".formatted(faults.size()));
        }
        return faults.isEmpty() ? 0 : 1;
    }

    /** Nothing of folders that are not there, which the settings' check tells. */
    private List<Fault> ofFolders(CommandSettings of) {
        Path routes = of.folder("shuniu.routes-dir");
        Path mappings = of.folder("shuniu.mappings-dir");
        return Files.isDirectory(routes) && Files.isDirectory(mappings)
                ? new HubCheck(routes, mappings, of.placeholders(), HubConfiguration.beans())
                        .requiringConformance(of.isConformanceRequired())
                        .run(LocalDate.now(CaseTimes.SHANGHAI), reach)
                : List.of();
    }

    /** What else is wrong is told with the settings of the demo, and with those that options give. */
    private String[] withoutFiles() {
        return Stream.concat(
                        Stream.of(settings).filter(option -> !option.startsWith("--spring.config.")),
                        Stream.of("--spring.config.location=classpath:/"))
                .toArray(String[]::new);
    }
}
