package org.shuniu.simulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Callbacks that the hub has not taken yet, kept over a crash of the simulators. */
final class CallbackJournal implements AutoCloseable {
    private static final int LARGEST_BACKLOG = 10_000;

    private final Map<String, Callback> waiting = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private final JsonLines lines;

    CallbackJournal(Path dataDir) {
        this.lines = JsonLines.open(dataDir.resolve("callbacks.jsonl"), this::remember);
    }

    /** Keeps a callback unless one of its key was ever kept; false if the backlog is full. */
    synchronized boolean add(Callback callback) {
        if (waiting.containsKey(callback.key()) || done.contains(callback.key())) {
            return true;
        }
        if (waiting.size() >= LARGEST_BACKLOG) {
            return false;
        }
        lines.append(callback.toJson());
        waiting.put(callback.key(), callback);
        return true;
    }

    synchronized void taken(String key) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        lines.append(line.put("done", key));
        waiting.remove(key);
        done.add(key);
    }

    synchronized boolean isWaiting(String key) {
        return waiting.containsKey(key);
    }

    synchronized List<Callback> waiting() {
        return new ArrayList<>(waiting.values());
    }

    @Override
    public void close() {
        lines.close();
    }

    private void remember(JsonNode line) {
        if (line.has("done")) {
            String key = line.path("done").asString("");
            waiting.remove(key);
            done.add(key);
        } else {
            Callback callback = Callback.of(line);
            waiting.put(callback.key(), callback);
        }
    }
}
