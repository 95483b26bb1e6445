package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.shuniu.command.Commands;

/** Commands as somebody types them. */
final class CommandLine {

    private CommandLine() {}

    /**
     * What a command said, on both of its streams.
     *
     * @param code with which it is to end
     */
    static String said(int code, List<String> words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(Commands.run(stream, stream, words.toArray(String[]::new)))
                .as(said.toString(StandardCharsets.UTF_8))
                .isEqualTo(code);
        return said.toString(StandardCharsets.UTF_8);
    }
}
