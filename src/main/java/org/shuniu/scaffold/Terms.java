package org.shuniu.scaffold;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Hours;

/** On which terms it works: its words for states, how it may be called and when. What is not agreed leaves no line. */
final class Terms {

    private static final int WIDTH_OF_STATE = 8;
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(10);
    private static final String AGREED = "  # As agreed in the contract.\n";

    private final Contract contract;

    Terms(Contract contract) {
        this.contract = contract;
    }

    Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        state(words, "in-work", contract.receipts().inWork());
        state(words, "done", contract.receipts().done());
        state(words, "refused", contract.receipts().refused());
        words.put("limits", limits());
        words.put("deadline", time(contract.limits().deadline().orElse(USUAL_DEADLINE)));
        words.put("rows", rows());
        words.put("hours", hours());
        return words;
    }

    private static void state(Map<String, String> words, String name, String word) {
        words.put(name, word);
        words.put(name + "-wide", word + " ".repeat(WIDTH_OF_STATE - word.length()));
    }

    private String limits() {
        StringBuilder lines = new StringBuilder();
        contract.limits().parallel().ifPresent(calls -> lines.append("  parallel: %d\n".formatted(calls)));
        contract.limits().perSecond().ifPresent(calls -> lines.append("  rate: {per-second: %d}\n".formatted(calls)));
        return lines.isEmpty() ? "" : AGREED + lines;
    }

    private String rows() {
        return contract.limits().rows().isEmpty()
                ? ""
                : "  %s    most-rows: %d\n"
                        .formatted(AGREED, contract.limits().rows().getAsInt());
    }

    private String hours() {
        return contract.hours().equals(Hours.ALWAYS)
                ? ""
                : "# When it works, on Shanghai's clocks, as agreed in the contract.\nhours: %s\n"
                        .formatted(contract.hours().text());
    }

    private static String time(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
