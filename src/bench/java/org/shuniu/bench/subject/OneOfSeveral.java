package org.shuniu.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A hub that shares database and broker with others.
 *
 * @param parts what they share
 */
public record OneOfSeveral(RunningSubject parts) implements Program {

    @Override
    public String label() {
        return Subject.HUB.label();
    }

    @Override
    public List<String> prepare(Path directory, int port, int partnersPort) throws IOException {
        List<String> command = HubDirectory.prepare(directory, port, partnersPort);
        command.addAll(SharedParts.settings(parts));
        return command;
    }

    /** Only a hub with parts of its own welcomes whoever started it. */
    @Override
    public String ready() {
        return "Started ShuniuApplication";
    }
}
