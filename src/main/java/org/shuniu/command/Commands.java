package org.shuniu.command;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The jar's commands by their names. */
public final class Commands {

    private static final Map<String, Command> BY_NAME =
            new TreeMap<>(Map.of("verify", new VerifyCommand(), "partner", new PartnerCommand()));

    private Commands() {}

    /** The command that the first argument names; nothing when it is an option or there is none: run the hub. */
    public static Optional<Command> named(String... arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            return Optional.empty();
        }
        return Optional.of(BY_NAME.getOrDefault(arguments[0], options -> unknown(arguments[0])));
    }

    private static int unknown(String name) {
        System.err.printf("There is no command %s; expected one of %s, or options only%n", name, BY_NAME.keySet());
        return 2;
    }
}
