package org.shuniu.command;

import java.io.PrintStream;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Says on a terminal what a candidate changes. */
final class DifferenceLines {

    private final PrintStream out;

    DifferenceLines(PrintStream out) {
        this.out = out;
    }

    /** @param told as the API tells it */
    void print(JsonNode told) {
        out.printf(
                "%s: candidate %s beside %s%n", text(told, "partner"), text(told, "candidate"), text(told, "inForce"));
        told.path("mappings").forEach(this::sum);
        told.path("failures").forEach(this::failure);
        told.path("differences").forEach(this::difference);
        leftOut(told);
        if (told.path("compared").asLong() == 0) {
            out.println("Nothing was compared.");
        } else if (!differs(told)) {
            out.println("No difference.");
        }
    }

    /** Whether anything is told that the candidate changes. */
    static boolean differs(JsonNode told) {
        return !told.path("failures").isEmpty() || !told.path("differences").isEmpty();
    }

    private void sum(JsonNode sum) {
        out.printf(
                "%-22s %d compared: %d equal, %d different, %d fail only now, %d failed only before, %d fail both ways%n",
                text(sum, "mapping"),
                sum.path("compared").asLong(),
                sum.path("equal").asLong(),
                sum.path("different").asLong(),
                sum.path("onlyCandidateFails").asLong(),
                sum.path("onlyInForceFails").asLong(),
                sum.path("bothFail").asLong());
    }

    private void failure(JsonNode failure) {
        out.printf(
                "%s %s: %s%n",
                text(failure, "mapping"),
                text(failure, "side").equals("candidate") ? "fails now" : "failed before",
                text(failure, "reason"));
        messages(failure);
    }

    private void difference(JsonNode one) {
        out.printf("%s %s: %s", text(one, "mapping"), text(one, "field"), text(one, "kind"));
        out.printf(", for example '%s' > '%s'%n", text(one, "before"), text(one, "after"));
        messages(one);
    }

    private void messages(JsonNode of) {
        out.printf(
                "    in %d: %s%n",
                of.path("count").asLong(),
                of.path("messages").valueStream().map(JsonNode::asString).collect(Collectors.joining(" ")));
    }

    private void leftOut(JsonNode told) {
        long leftOut = told.path("leftOut").asLong();
        long unreadable = told.path("unreadable").asLong();
        if (leftOut + unreadable > 0) {
            out.printf("Not compared: %d for want of room, %d that can't be opened.%n", leftOut, unreadable);
        }
        if (!told.path("whole").asBoolean(true)) {
            out.println("The hub stopped before it had looked at all: its time for one comparison was over.");
        }
    }

    private static String text(JsonNode of, String name) {
        return of.path(name).asString("");
    }
}
