package org.shuniu.simulator;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A made-up citizen's way through one application, as far as the lines of its journal say. */
final class Journey {
    private static final Set<String> OVER = Set.of("13", "31", "61", "62", "70", "72", "80", "90", "91");
    private static final Duration LONGEST = Duration.ofHours(1);

    /** A document that the hub has perhaps not got yet: it is sent again, byte for byte, until the hub says so. */
    record Sending(String step, String caller, String path, String key, String body) {

        private static Sending of(JsonNode line) {
            return new Sending(
                    line.path("document").asString(""),
                    line.path("caller").asString(""),
                    line.path("path").asString(""),
                    line.path("key").asString(""),
                    line.path("body").asString(""));
        }
    }

    private final String id;
    private final ObjectNode application;
    private final OffsetDateTime begun;
    private final Map<String, Integer> times = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private String caseNo = "";
    private String status = "";
    private String parcel = "";
    private boolean ended;
    private Sending sending;
    private Future<?> next;

    private Journey(String id, ObjectNode application, OffsetDateTime begun) {
        this.id = id;
        this.application = application;
        this.begun = begun;
    }

    static Journey of(JsonNode first) {
        return new Journey(
                first.path("journey").asString(""),
                (ObjectNode) first.path("application"),
                OffsetDateTime.parse(first.path("at").asString("")));
    }

    static ObjectNode first(String id, ObjectNode application) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("journey", id).put("step", "begun").put("at", CityTime.now().toString());
        line.set("application", application);
        return line;
    }

    /** A line of the journal about this journey. */
    ObjectNode line(String step) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("journey", id).put("step", step).put("at", CityTime.now().toString());
        return caseNo.isEmpty() ? line : line.put("caseNo", caseNo);
    }

    /** What a line says happens to the journey, now or when the journal is read again. */
    void remember(JsonNode line) {
        String step = line.path("step").asString("");
        times.merge(step, 1, Integer::sum);
        switch (step) {
            case "sending" -> sending = Sending.of(line);
            case "applied", "supplemented", "visited", "turned-away" -> answered(line);
            case "heard" -> heard.add(line.path("messageId").asString(""));
            case "read" -> status = line.path("status").asString("");
            case "parcel" -> parcel = line.path("state").asString("");
            case "ended" -> ended = true;
            default -> {
                // It counts, and that is all.
            }
        }
    }

    private void answered(JsonNode line) {
        sending = null;
        if (line.path("step").asString("").equals("applied")) {
            caseNo = line.path("caseNo").asString("");
        }
    }

    String id() {
        return id;
    }

    String caseNo() {
        return caseNo;
    }

    ObjectNode application() {
        return application;
    }

    String status() {
        return status;
    }

    String parcel() {
        return parcel;
    }

    boolean isEnded() {
        return ended;
    }

    boolean hasHeard(String messageId) {
        return heard.contains(messageId);
    }

    /** How often a step was taken. */
    int times(String step) {
        return times.getOrDefault(step, 0);
    }

    /** A result that a courier brings is not the end. */
    boolean isOver() {
        boolean parcelComes = application.path("services").has("courier");
        return OVER.contains(status)
                || status.equals("60") && !parcelComes
                || begun.plus(LONGEST).isBefore(CityTime.now());
    }

    /** The key of the next document of this kind, a new one for each that was taken. */
    String key(String step) {
        List<String> kinds = List.of("applied", "supplemented", "visited");
        return "%s-%d%d".formatted(id, kinds.indexOf(step), times(step));
    }

    /** What was begun to be sent and not answered yet, before a restart or since. */
    Sending sending() {
        return sending;
    }

    /** The line before the first attempt: what a restart interrupts goes on with these very bytes. */
    ObjectNode sending(Sending next) {
        ObjectNode line = line("sending").put("document", next.step());
        line.put("caller", next.caller()).put("path", next.path());
        return line.put("key", next.key()).put("body", next.body());
    }

    /** What this journey waits for; a new one takes the place of the one before. */
    void waitFor(Future<?> other) {
        if (next != null) {
            next.cancel(false);
        }
        next = other;
    }
}
