package org.shuniu.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
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

    void stop(Path recording) throws IOException, InterruptedException {
        jcmd("JFR.stop", "name=bench", "filename=" + recording);
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
