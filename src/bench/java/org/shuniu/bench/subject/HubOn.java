package org.shuniu.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The hub on a JDK, with options of the JVM.
 *
 * @param home of the JDK
 */
public record HubOn(Path home, List<String> options) implements Program {

    @Override
    public String label() {
        return Subject.HUB.label();
    }

    @Override
    public List<String> java() {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        command.addAll(options);
        return command;
    }

    @Override
    public List<String> prepare(Path directory, int port, int partnersPort) throws IOException {
        return Subject.HUB.prepare(directory, port, partnersPort);
    }

    @Override
    public String ready() {
        return Subject.HUB.ready();
    }
}
