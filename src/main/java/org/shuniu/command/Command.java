package org.shuniu.command;

/** What the jar does instead of running a hub, named by its first argument. */
@FunctionalInterface
public interface Command {

    /**
     * Returns the process's exit code: 0 when all is well, 1 when something is wrong, 2 on unusable settings.
     *
     * @param options as the hub takes them, {@code --name=value}
     */
    int run(String[] options);
}
