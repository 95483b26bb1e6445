package org.shuniu.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the jar says of itself. */
@Command(
        name = "java -jar shuniu.jar",
        synopsisHeading = "%n",
        customSynopsis = {
            "java -jar shuniu.jar [SETTING…]            runs the hub; without settings the demo, on parts of its own",
            "java -jar shuniu.jar COMMAND [SETTING…]    does one of what stands below, and ends"
        },
        description = {
            "",
            "Shuniu brings cases from a city's acceptance platform to the departments that decide them, and results back.",
            "A SETTING is any of the hub's, such as --shuniu.routes-dir=DIRECTORY; commands take those with a dot in their name,",
            "so that they work on the same files, database and secrets. `help COMMAND` says more of each."
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit code: 0 when all is well, 1 when something is wrong that the command was to find, 2 when nothing was done."
        })
final class ShuniuCommand {

    @Mixin
    private Help help;
}
