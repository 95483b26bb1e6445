package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every effect at one simulated partner, kept over restarts, so that a doubled or lost message can be proved. */
final class Ledger implements AutoCloseable {
    private final Path file;
    private final Map<String, LedgerEntry> byMessage = new HashMap<>();
    private final Map<String, LedgerEntry> applications = new HashMap<>();
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
        remember(entry);
        return entry;
    }

    synchronized Optional<LedgerEntry> find(String messageId) {
        return Optional.ofNullable(byMessage.get(messageId));
    }

    /** The application with which a case began here. */
    synchronized Optional<LedgerEntry> application(String caseNo) {
        return Optional.ofNullable(applications.get(caseNo));
    }

    /** Does what a careless system does: it keeps nothing of what it says it took, or works it twice. */
    LedgerEntry once(String messageId, String caseNo, Effect effect, boolean refused, Fault fault) {
        if (fault.is(FaultKind.LOSES) && find(messageId).isEmpty()) {
            return new LedgerEntry(messageId, caseNo, effect, CityTime.now(), refused);
        }
        boolean twice = fault.is(FaultKind.WORKS_TWICE) && find(messageId).isEmpty();
        LedgerEntry entry = once(messageId, caseNo, effect, refused);
        if (twice) {
            again(messageId, caseNo, effect, refused);
        }
        return entry;
    }

    /** The same of a system that works a repeated message a second time anyway. */
    LedgerEntry again(String messageId, String caseNo, Effect effect, boolean refused, Fault fault) {
        if (fault.is(FaultKind.LOSES)) {
            return new LedgerEntry(messageId, caseNo, effect, CityTime.now(), refused);
        }
        if (fault.is(FaultKind.WORKS_TWICE)) {
            again(messageId, caseNo, effect, refused);
        }
        return again(messageId, caseNo, effect, refused);
    }

    /** Every effect of a time, doubles included, with its number in the ledger. */
    List<Worked> worked(OffsetDateTime from, OffsetDateTime until) {
        List<Worked> worked = new ArrayList<>();
        try (Stream<String> kept = Files.lines(file)) {
            int number = 0;
            for (String line : (Iterable<String>) kept::iterator) {
                LedgerEntry entry = LedgerEntry.of(JsonMapper.shared().readTree(line));
                number++;
                if (!entry.at().isBefore(from) && !entry.at().isAfter(until)) {
                    worked.add(new Worked(number, entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return worked;
    }

    /** One line of the ledger. */
    record Worked(int number, LedgerEntry entry) {

        /** The partner's own number of the effect. */
        String serial(String prefix) {
            return Fingerprint.of(prefix, entry.messageId() + "/" + number, 16);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        lines.close();
    }

    private void remember(JsonNode line) {
        remember(LedgerEntry.of(line));
    }

    private void remember(LedgerEntry entry) {
        byMessage.put(entry.messageId(), entry);
        if (entry.effect() == Effect.APPLICATION) {
            applications.putIfAbsent(entry.caseNo(), entry);
        }
    }
}
