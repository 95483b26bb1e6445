package org.shuniu.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Counts execution samples of a flight recording by part, by running method and by the hub's method that it serves. */
final class Samples {

    private final Map<Part, Long> parts = new EnumMap<>(Part.class);
    private final Map<String, Long> running = new HashMap<>();
    private final Map<String, Long> serving = new HashMap<>();
    private long all;

    static Samples read(Path recording) throws IOException {
        Samples samples = new Samples();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    samples.count(event.getStackTrace().getFrames());
                }
            }
        }
        return samples;
    }

    private void count(List<RecordedFrame> frames) {
        all++;
        add(running, name(frames.get(0)));
        Part part = Part.OTHER;
        for (RecordedFrame frame : frames) {
            part = Part.of(frame.getMethod().getType().getName());
            if (part != Part.OTHER) {
                break;
            }
        }
        parts.merge(part, 1L, Long::sum);
        frames.stream()
                .filter(frame -> frame.getMethod().getType().getName().startsWith("org.shuniu."))
                .findFirst()
                .ifPresent(frame -> add(serving, name(frame)));
    }

    private static void add(Map<String, Long> counts, String key) {
        counts.merge(key, 1L, Long::sum);
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    /** The share of all samples that fell into this part. */
    double share(Part part) {
        return all == 0 ? 0 : parts.getOrDefault(part, 0L) / (double) all;
    }

    long all() {
        return all;
    }

    /** The methods that ran most often, with their shares. */
    List<Map.Entry<String, Double>> running(int most) {
        return greatest(running, most);
    }

    /** The hub's methods that most was done for, what they call in libraries included. */
    List<Map.Entry<String, Double>> serving(int most) {
        return greatest(serving, most);
    }

    private List<Map.Entry<String, Double>> greatest(Map<String, Long> counts, int most) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() / (double) all))
                .toList();
    }
}
