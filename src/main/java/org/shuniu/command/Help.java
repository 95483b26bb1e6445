package org.shuniu.command;

import picocli.CommandLine.Option;

/** What every command can say of itself. */
final class Help {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "says what the command does and takes, and does nothing")
    private boolean wanted;
}
