package org.shuniu.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.shuniu.bench.floor.Floor;
import org.shuniu.bench.textbook.Textbook;

/** A system under test: how it is started as a process of its own in an empty directory. */
public enum Subject implements Program {
    FLOOR("floor") {
        @Override
        public List<String> prepare(Path directory, int port, int partnersPort) {
            return program(Floor.class, directory, port, partnersPort);
        }
    },
    HUB("hub") {
        @Override
        public List<String> prepare(Path directory, int port, int partnersPort) throws IOException {
            List<String> command = HubDirectory.prepare(directory, port, partnersPort);
            command.add("--shuniu.exchange.enabled=false");
            return command;
        }

        @Override
        public String ready() {
            return "Shuniu is ready";
        }
    },
    TEXTBOOK("textbook") {
        @Override
        public List<String> prepare(Path directory, int port, int partnersPort) {
            return program(Textbook.class, directory, port, partnersPort);
        }
    };

    private final String label;

    Subject(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    private static List<String> program(Class<?> main, Path directory, int port, int partnersPort) {
        return Program.of(
                main, directory.resolve("data").toString(), Integer.toString(port), Integer.toString(partnersPort));
    }
}
