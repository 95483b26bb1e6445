package org.shuniu.command;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.shuniu.HubConfiguration;
import org.shuniu.HubProperties;
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
            "says everything that is wrong with routes, partners, mappings, examples and code tables, in one list",
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
            description = "also opens a connection to the address of each partner that is connected, and sends nothing")
    private boolean reach;

    CheckCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties hub = of.bind("shuniu", HubProperties.class);
            List<Fault> faults = new HubCheck(
                            hub.routesDir(), hub.mappingsDir(), of.placeholders(), HubConfiguration.beans())
                    .run(LocalDate.now(CaseTimes.SHANGHAI), reach);
            if (json) {
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(faults));
            } else {
                faults.forEach(out::println);
                out.println(faults.isEmpty() ? "All is well." : "%d thing(s) are wrong.".formatted(faults.size()));
            }
            return faults.isEmpty() ? 0 : 1;
        }
    }
}
