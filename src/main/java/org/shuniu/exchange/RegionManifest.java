package org.shuniu.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.partner.Partner;
import org.shuniu.reconciliation.CountFailed;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One reading of the manifest of another region's hub and its lists, page by page. It has an end whatever the region answers:
 * all other partners' counts wait for it.
 */
final class RegionManifest {

    /**
     * What it says of one message.
     *
     * @param digest SHA-256 in hexadecimal digits
     * @param state the newest step, or empty where it is none that is known here
     */
    record Said(String messageId, String digest, Instant acceptedAt, String state) {
        boolean isFinal() {
            return FINAL.contains(state);
        }
    }

    /** Takes a page before the next is asked for. */
    @FunctionalInterface
    interface Use {
        /** @param raw as received */
        void take(List<Said> page, byte[] raw);
    }

    /** For all that is read of a region in one count. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** More than a hundred times what is exchanged with a region on a day. */
    private static final int MOST = 1_000_000;

    private static final int AT_ONCE = 1_000;
    private static final Set<String> FINAL = Set.of("DELIVERED", "REJECTED");
    private static final Set<String> STATES = Stream.of(EvidenceLadder.Kind.values())
            .map(EvidenceLadder.Kind::name)
            .collect(Collectors.toUnmodifiableSet());
    private static final String SHA256 = "sha-256=:";

    private final RegionCalls calls;
    private final Partner partner;
    private final Clock clock;
    private final Runnable goesOn;
    private final Instant end;
    private int lines;

    /** @param goesOn told before each call */
    RegionManifest(RegionCalls calls, Partner partner, Clock clock, Runnable goesOn) {
        this.calls = calls;
        this.partner = partner;
        this.clock = clock;
        this.goesOn = goesOn;
        this.end = clock.instant().plus(LONGEST);
    }

    RegionCalls.Answer of(LocalDate day) throws CountFailed, InterruptedException {
        return get("/manifest/" + day);
    }

    /** @param side as the region has it: its own messages are the sent ones */
    void each(LocalDate day, ManifestLists.Side side, Use use) throws CountFailed, InterruptedException {
        String after = "";
        do {
            String query = after.isEmpty() ? "" : "&after=" + after;
            byte[] body = get("/manifest/%s/%s?max=%d%s".formatted(day, side.word(), AT_ONCE, query))
                    .body();
            JsonNode page = tree(body);
            List<Said> said = new ArrayList<>();
            for (JsonNode entry : page.path("entries")) {
                said.add(said(entry));
            }
            count(said.size());
            use.take(said, body);
            String next = page.path("next").asString("");
            if (!next.isEmpty() && (said.isEmpty() || next.equals(after) || !next.matches("[A-Za-z0-9._-]{1,100}"))) {
                throw new CountFailed("its list has no end");
            }
            after = next;
        } while (!after.isEmpty());
    }

    /** What follows a place of the region's chain of the hub's messages; empty at its end. */
    JsonNode steps(long after) throws CountFailed, InterruptedException {
        JsonNode steps = tree(get("/evidence?after=" + after).body()).path("steps");
        count(steps.size());
        return steps;
    }

    private void count(int more) throws CountFailed {
        lines += more;
        if (lines > MOST) {
            throw new CountFailed("its lists have more than %d lines".formatted(MOST));
        }
    }

    private RegionCalls.Answer get(String path) throws CountFailed, InterruptedException {
        if (clock.instant().isAfter(end)) {
            throw new CountFailed("its lists did not end within %d minutes".formatted(LONGEST.toMinutes()));
        }
        goesOn.run();
        try {
            return calls.get(partner, path);
        } catch (RegionCalls.NotHad not) {
            throw new CountFailed(not.getMessage());
        }
    }

    private static Said said(JsonNode entry) throws CountFailed {
        String id = entry.path("messageId").asString("");
        String digest = entry.path("contentDigest").asString("");
        if (!id.matches("[A-Za-z0-9-]{16,64}") || !digest.matches(SHA256 + "[A-Za-z0-9+/]{43}=:")) {
            throw new CountFailed("an entry has no messageId or no contentDigest of sha-256");
        }
        try {
            byte[] sha256 = Base64.getDecoder().decode(digest.substring(SHA256.length(), digest.length() - 1));
            return new Said(
                    id,
                    HexFormat.of().formatHex(sha256),
                    OffsetDateTime.parse(entry.path("acceptedAt").asString("")).toInstant(),
                    STATES.contains(entry.path("state").asString(""))
                            ? entry.path("state").asString("")
                            : "");
        } catch (DateTimeParseException | IllegalArgumentException malformed) {
            throw new CountFailed("an entry has no acceptedAt, or a digest that is none");
        }
    }

    static JsonNode tree(byte[] body) throws CountFailed {
        try {
            return Json.tree(body);
        } catch (JacksonException malformed) {
            throw new CountFailed("an answer is no JSON");
        }
    }
}
