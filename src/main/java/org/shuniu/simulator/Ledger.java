package org.shuniu.simulator;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Every effect at one simulated partner, kept over restarts, so that a doubled or lost message can be proved. */
final class Ledger implements AutoCloseable {
    private final Path file;
    private final Map<String, LedgerEntry> byMessage = new HashMap<>();
    private final JsonLines lines;

    Ledger(Path dataDir, String partner) {
        this.file = dataDir.resolve("ledger").resolve(partner + ".jsonl");
        this.lines = JsonLines.open(file, this::remember);
    }

    /** Writes the effect unless the message already had one; returns the entry that stands. */
    synchronized LedgerEntry once(String messageId, String caseNo, Effect effect, boolean refused) {
        LedgerEntry known = byMessage.get(messageId);
        return known != null ? known : again(messageId, caseNo, effect, refused);
    }

    /** Writes the effect even if the message had one before. */
    synchronized LedgerEntry again(String messageId, String caseNo, Effect effect, boolean refused) {
        LedgerEntry entry = new LedgerEntry(messageId, caseNo, effect, CityTime.now(), refused);
        lines.append(entry.toJson());
        byMessage.put(messageId, entry);
        return entry;
    }

    synchronized Optional<LedgerEntry> find(String messageId) {
        return Optional.ofNullable(byMessage.get(messageId));
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        lines.close();
    }

    private void remember(JsonNode line) {
        LedgerEntry entry = LedgerEntry.of(line);
        byMessage.put(entry.messageId(), entry);
    }
}
