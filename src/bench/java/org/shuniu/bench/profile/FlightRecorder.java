package org.shuniu.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Switches the flight recorder of another process on and off with the JDK's {@code jcmd}. */
final class FlightRecorder {

    private final long pid;

    FlightRecorder(long pid) {
        this.pid = pid;
    }

    void start() throws IOException, InterruptedException {
        jcmd("JFR.start", "name=bench", "settings=profile");
    }

    /** Keeps the last of it: the recorder's own start makes the compiler work anew. */
    void stop(Path recording, Duration last) throws IOException, InterruptedException {
        jcmd("JFR.dump", "name=bench", "begin=-%ds".formatted(last.toSeconds()), "filename=" + recording);
        jcmd("JFR.stop", "name=bench");
    }

    private void jcmd(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("Expected a JDK with a flight recorder; %s failed".formatted(words[0]));
        }
    }
}
