package org.shuniu.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The hub with settings of its own.
 *
 * @param settings as on a command line
 */
public record HubWith(List<String> settings) implements Program {

    @Override
    public String label() {
        return Subject.HUB.label();
    }

    @Override
    public String ready() {
        return Subject.HUB.ready();
    }

    @Override
    public List<String> prepare(Path directory, int port, int partnersPort) throws IOException {
        List<String> command = Subject.HUB.prepare(directory, port, partnersPort);
        command.addAll(settings);
        return command;
    }
}
