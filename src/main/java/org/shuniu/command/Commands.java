package org.shuniu.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The jar's command line: what it does instead of running a hub. */
public final class Commands {

    /** One of the hub's own settings, which every command takes as the hub does. */
    private static final Predicate<String> SETTING = Pattern.compile(
                    "--[a-z][A-Za-z0-9-]*([.\\[][A-Za-z0-9.\\[\\]-]*)+=[\\s\\S]*")
            .asMatchPredicate();

    private static final Predicate<String> ASKS = Pattern.compile("-h|--help").asMatchPredicate();

    private Commands() {}

    /**
     * Runs the command that an argument names.
     *
     * @return the process's exit code, 0 when all is well, 1 when something is wrong and 2 when nothing could be done; or nothing,
     *     where the arguments are options alone and none asks for help: then a hub is to be run with them
     */
    public static OptionalInt run(String... arguments) {
        boolean hub = Arrays.stream(arguments)
                .allMatch(argument -> argument.isEmpty() || argument.startsWith("-") && !ASKS.test(argument));
        return hub ? OptionalInt.empty() : OptionalInt.of(run(System.out, System.err, arguments));
    }

    /** The same, said elsewhere than on the terminal. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        String[] settings = Arrays.stream(arguments).filter(SETTING).toArray(String[]::new);
        Stream<String> words = Arrays.stream(arguments).filter(SETTING.negate());
        return line(settings, System.in, out, err).execute(words.toArray(String[]::new));
    }

    static CommandLine line(String[] settings, InputStream in, PrintStream out, PrintStream err) {
        return new CommandLine(new ShuniuCommand())
                .addSubcommand(new CheckCommand(settings, out))
                .addSubcommand(new ConformCommand(settings, out))
                .addSubcommand(new DiffCommand(settings, out))
                .addSubcommand(new FieldsCommand(settings, out))
                .addSubcommand(new HandoutCommand(settings, out))
                .addSubcommand(new MapCommand(settings, out))
                .addSubcommand(new NewCommand(settings, out))
                .addSubcommand(new PartnerCommand(settings, out, err))
                .addSubcommand(new RehearseCommand(settings, out))
                .addSubcommand(restore(settings, out))
                .addSubcommand(new RoundTripCommand(settings, out))
                .addSubcommand(new SwapCommand(settings, out))
                .addSubcommand(new TryCommand(settings, out))
                .addSubcommand(new UsersCommand(settings, in, out, err))
                .addSubcommand(new VerifyCommand(settings, out))
                .addSubcommand(new CommandLine.HelpCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(120)
                .setExecutionExceptionHandler((failure, command, parsed) -> notDone(failure, command));
    }

    private static CommandLine restore(String[] settings, PrintStream out) {
        return new CommandLine(new RestoreCommand(settings, out)).addSubcommand(new UnknownCommand(settings, out));
    }

    /** Some messages are no sentence. */
    private static String why(Exception failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        return failure.getMessage() == null || failure instanceof NullPointerException
                ? failure.toString()
                : failure.getMessage();
    }

    private static int notDone(Exception failure, CommandLine command) {
        if (failure instanceof Unclear) {
            command.getErr().println(failure.getMessage());
            command.usage(command.getErr());
        } else {
            command.getErr().printf("%s was not done: %s%n", command.getCommandName(), why(failure));
        }
        return CommandLine.ExitCode.USAGE;
    }
}
