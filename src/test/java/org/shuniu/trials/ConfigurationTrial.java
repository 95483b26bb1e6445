package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** F23: a wrong configuration is refused whole at a start, with its file named; at a swap by {@code SwapTrial}. */
class ConfigurationTrial {

    private static final Map<String, String[]> MISTAKES = new LinkedHashMap<>();

    static {
        MISTAKES.put("not YAML", new String[] {"delivery:", "delivery: {{"});
        MISTAKES.put("an unknown answer to unknown outcomes", new String[] {"recognises-id", "hope"});
        MISTAKES.put("a deadline that is no time", new String[] {"  deadline: .*\n", "  deadline: soon\n"});
        MISTAKES.put("no calls at all", new String[] {"delivery:\n", "delivery:\n  parallel: 0\n"});
    }

    @Test
    void startsWithNoWrongConfigurationAndLosesNothingMeanwhile() throws Exception {
        try (Trial trial = Trial.of("F23", "a partner's file is spoilt at a restart with work pending")
                .ready()) {
            trial.departments().fault("economy", "down");
            trial.platform().send(30, 4);
            Path file = trial.hub().directory().resolve("routes/economy/partner.yaml");
            String right = Files.readString(file);
            for (Map.Entry<String, String[]> mistake : MISTAKES.entrySet()) {
                trial.hub().terminate();
                String wrong = right.replaceAll(mistake.getValue()[0], mistake.getValue()[1]);
                assertThat(wrong).as("the file with %s", mistake.getKey()).isNotEqualTo(right);
                Files.writeString(file, wrong);
                trial.hub().run();
                assertThat(trial.hub().awaitEnd())
                        .as("exit code with %s", mistake.getKey())
                        .isNotZero();
                assertThat(trial.hub().output())
                        .as("what it says with %s", mistake.getKey())
                        .contains("routes/economy/partner.yaml");
                trial.note(mistake.getKey(), "refused");
                Files.writeString(file, right);
                trial.hub().start();
            }
            trial.departments().mend();
            trial.prove();
        }
    }
}
