package org.shuniu.partner;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.shuniu.fault.BlockReader;

/** Reads the key {@code reconciliation} of a partner.yaml; a partner without it is not asked to count. */
final class CountingBlock {

    private static final String KEY = "reconciliation";
    private static final Set<String> KEYS = Set.of("at", "lag", "result-within");
    private static final Set<String> ROW_KEYS = Set.of("at", "lag", "result-within", "table", "time", "key");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Duration LAG = Duration.ofMinutes(10);

    private final BlockReader block;

    CountingBlock(BlockReader block) {
        this.block = block;
    }

    Optional<Counting> read(String protocol, Map<String, String> operations) {
        if (!block.has(KEY)) {
            return Optional.empty();
        }
        boolean rows = protocol.equals("table");
        boolean files = protocol.equals("sftp");
        block.requireKeys(KEY, rows ? ROW_KEYS : KEYS);
        if (files && !block.has("files", "count")) {
            block.fault("files.count", "nothing", "the files in which the partner counts, which reconciliation needs");
        }
        boolean manifests = protocol.equals("chx");
        if (!rows && !files && !manifests && !operations.containsKey("count")) {
            block.fault("operations.count", "nothing", "the operation by which reconciliation asks for the count");
        }
        return Optional.of(new Counting(
                at(),
                block.has(KEY, "lag") ? block.duration(KEY + ".lag", block.text(KEY, "lag")) : LAG,
                block.has(KEY, "result-within")
                        ? Optional.of(block.duration(LAG, KEY, "result-within"))
                        : Optional.empty(),
                rows ? Optional.of(rows()) : Optional.empty()));
    }

    private LocalTime at() {
        try {
            return LocalTime.parse(block.text(KEY, "at"));
        } catch (DateTimeParseException malformed) {
            block.fault(KEY + ".at", "no time of the day", "a time such as \"23:30\"");
            return LocalTime.MIDNIGHT;
        }
    }

    private Counting.Rows rows() {
        return new Counting.Rows(name("table"), name("time"), name("key"));
    }

    private String name(String key) {
        String name = block.text(KEY, key);
        if (!NAME.matcher(name).matches()) {
            block.fault(KEY + "." + key, "no name of a table or column", "a name in small letters");
        }
        return name;
    }
}
