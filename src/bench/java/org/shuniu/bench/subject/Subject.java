package org.shuniu.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.shuniu.bench.floor.Floor;
import org.shuniu.bench.textbook.Textbook;

/** A system under test: how it is started as a process of its own in an empty directory. */
public enum Subject {
    FLOOR("floor") {
        @Override
        List<String> prepare(Path directory, int port, int partnersPort) {
            return program(Floor.class, directory, port, partnersPort);
        }
    },
    HUB("hub") {
        @Override
        List<String> prepare(Path directory, int port, int partnersPort) throws IOException {
            return HubDirectory.prepare(directory, port, partnersPort);
        }
    },
    TEXTBOOK("textbook") {
        @Override
        List<String> prepare(Path directory, int port, int partnersPort) {
            return program(Textbook.class, directory, port, partnersPort);
        }
    };

    private final String label;

    Subject(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Makes what the process needs and returns what to run after {@code java} and its options. */
    abstract List<String> prepare(Path directory, int port, int partnersPort) throws IOException;

    /** Starts it and waits until it takes applications. */
    public RunningSubject start(Path directory, int partnersPort) throws IOException {
        return RunningSubject.start(this, directory, partnersPort);
    }

    private static List<String> program(Class<?> main, Path directory, int port, int partnersPort) {
        return List.of(
                "-Dlogback.configurationFile=floor-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.resolve("data").toString(),
                Integer.toString(port),
                Integer.toString(partnersPort));
    }
}
