package org.shuniu.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What can be started as a process of its own in an empty directory and measured. */
public interface Program {

    String label();

    /** The {@code java} that runs it, and its options. */
    default List<String> java() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g");
    }

    /** Makes what the process needs and returns what to run after {@code java} and its options. */
    List<String> prepare(Path directory, int port, int partnersPort) throws IOException;

    /** What it prints when it takes cases. */
    default String ready() {
        return RunningSubject.READY;
    }

    /** Starts it and waits until it takes cases. */
    default RunningSubject start(Path directory, int partnersPort) throws IOException {
        return RunningSubject.start(this, directory, partnersPort);
    }

    /** How a program of the bench's own is run. */
    static List<String> of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-Dlogback.configurationFile=floor-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
