package org.shuniu.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Processor time of processes and all that they started, read from {@code /proc}. */
public final class ProcessCpu {

    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;

    private ProcessCpu() {}

    /** Seconds of this very process. */
    public static double own() {
        return ticks(ProcessHandle.current().pid(), 2) / TICKS_PER_SECOND;
    }

    /** Seconds of a process and its children, those included that have ended and were waited for. */
    static double ofTree(ProcessHandle root) {
        double children =
                root.descendants().mapToDouble(child -> ticks(child.pid(), 2)).sum();
        return (ticks(root.pid(), 4) + children) / TICKS_PER_SECOND;
    }

    /** User and system time; four fields take in the children that have ended. */
    private static double ticks(long pid, int fields) {
        try {
            String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
            String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double sum = 0;
            for (int i = USER_TIME; i < USER_TIME + fields; i++) {
                sum += Double.parseDouble(values[i]);
            }
            return sum;
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException unreadable) {
            if (ProcessHandle.of(pid).isEmpty()) {
                return 0;
            }
            throw new UncheckedIOException(unreadable);
        }
    }
}
