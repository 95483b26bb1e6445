package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.ExchangeProfile.Order;

class CaseOrderTest {

    private static final boolean CHANGES = false;
    private static final boolean RETURNS = true;

    @ParameterizedTest
    @CsvSource({"STRICT, 0", "STRICT, 7", "LENIENT, 0", "LENIENT, 7"})
    void takesTheNextOfACase(Order order, long last) {
        assertThat(verdict(order, CHANGES, last + 1, last, false)).isEqualTo("taken");
        assertThat(verdict(order, RETURNS, last + 1, last, false)).isEqualTo("taken");
    }

    @Test
    void letsWhatComesEarlyWaitWhereOrderIsStrict() {
        assertThat(verdict(Order.STRICT, CHANGES, 3, 1, false)).isEqualTo("409 gap");
        assertThat(verdict(Order.STRICT, RETURNS, 3, 1, false)).isEqualTo("409 gap");
        assertThat(verdict(Order.LENIENT, CHANGES, 3, 1, false)).isEqualTo("taken");
        assertThat(verdict(Order.LENIENT, RETURNS, 3, 1, false)).isEqualTo("taken");
    }

    @ParameterizedTest
    @CsvSource({"STRICT", "LENIENT"})
    void givesANumberToOneMessageOnly(Order order) {
        assertThat(verdict(order, CHANGES, 3, 3, true)).isEqualTo("422 sequence-passed");
        assertThat(verdict(order, RETURNS, 3, 3, true)).isEqualTo("422 sequence-passed");
        assertThat(verdict(order, RETURNS, 2, 3, true)).isEqualTo("422 sequence-passed");
    }

    @ParameterizedTest
    @CsvSource({"STRICT", "LENIENT"})
    void refusesWhatComesLateUnlessItOnlyTells(Order order) {
        assertThat(verdict(order, CHANGES, 2, 3, false)).isEqualTo("422 sequence-passed");
        assertThat(verdict(order, RETURNS, 2, 3, false)).isEqualTo("taken");
    }

    @Test
    void saysWhichNumberIsNext() {
        assertThat(CaseOrder.gap("the next is 2").problem().title()).endsWith("the next is 2");
        assertThat(CaseOrder.refusal(Order.STRICT, CHANGES, 9, 4, () -> false)
                        .orElseThrow()
                        .problem()
                        .title())
                .endsWith("the next is 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18-order-strict", "19-order-lenient"})
    void comesToTheVerdictOfThePublishedCase(String name) throws IOException {
        Path folder = Path.of("exchange/vectors").resolve(name);
        List<String> lines = Files.readAllLines(folder.resolve("order"));
        Order order = Order.valueOf(lines.get(0).toUpperCase(Locale.ROOT));
        Map<Boolean, Set<Long>> numbers = Map.of(CHANGES, new TreeSet<>(), RETURNS, new TreeSet<>());
        Set<String> known = new HashSet<>();
        List<String> verdicts = new ArrayList<>();

        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ");
            boolean returns = Envelope.RETURNING.contains("cn.shuniu.case.%s.v1".formatted(words[1]));
            long seq = Long.parseLong(words[2]);
            Set<Long> before = numbers.get(returns);
            long last = before.stream().max(Long::compare).orElse(0L);
            String verdict = known.contains(words[0])
                    ? "known"
                    : verdict(order, returns, seq, last, before.contains(seq)).replaceFirst("^\\d+ ", "");
            if (verdict.equals("taken")) {
                known.add(words[0]);
                before.add(seq);
            }
            verdicts.add(verdict);
        }

        assertThat(String.join(" ", verdicts))
                .isEqualTo(Files.readString(folder.resolve("verdict")).strip());
    }

    private static String verdict(Order order, boolean returns, long seq, long last, boolean taken) {
        return CaseOrder.refusal(order, returns, seq, last, () -> taken)
                .map(SubmissionRefused::problem)
                .map(problem -> problem.status() + " " + problem.name())
                .orElse("taken");
    }
}
