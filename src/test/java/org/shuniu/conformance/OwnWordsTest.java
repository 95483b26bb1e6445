package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.mapping.Reading;
import org.shuniu.mapping.Verdict;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/** A word is taken away from an office only where it is about a case that was made up. */
class OwnWordsTest {

    private static final String MADE_UP = "3119990101000000123";
    private static final String REAL = "3120261124000000123";
    private static final UUID SENT = UUID.fromString("0194f000-0000-7000-8000-000000000077");
    private static final UUID REAL_MESSAGE = UUID.fromString("0194f000-0000-7000-8000-000000000078");

    private final Arrivals arrivals = new Arrivals();

    @Test
    void keepsWhatIsSaidOfACaseThatWasMadeUp() {
        keep(decision(MADE_UP, null), "{}");

        assertThat(arrivals.all(heard -> heard.isOfCase(MADE_UP))).hasSize(1);
    }

    @Test
    void keepsWhatIsSaidOfAMessageThatWasSentByItsIdAlone() {
        keep(decision(null, SENT), "{}");

        assertThat(arrivals.all(heard -> true)).hasSize(1);
    }

    @Test
    void keepsWhatNobodyCanReadWhereItNamesACaseThatWasMadeUpOrAMessageThatWasSent() {
        keep(unreadable(), "{\"text\":\"<reply><caseNo>%s</caseNo\"}".formatted(MADE_UP));
        keep(unreadable(), "{\"properties\":{\"correlationId\":\"%s\"},\"text\":\"?\"}".formatted(SENT));

        assertThat(arrivals.all(heard -> heard.is(Meaning.UNCLEAR))).hasSize(2);
    }

    @Test
    void refusesADecisionOfSomebodyElseAndSaysWhichAndWhere() {
        assertThatThrownBy(() -> keep(decision(REAL, REAL_MESSAGE), "{}"))
                .isInstanceOf(SomebodyElses.class)
                .hasMessageStartingWith("queue out holds somebody else's: a word about case " + REAL)
                .hasMessageContaining("It was left as it lies there");
        assertThat(arrivals.all(heard -> true)).isEmpty();
    }

    @Test
    void refusesARealDecisionThatMentionsACaseThatWasMadeUp() {
        assertThatThrownBy(() -> keep(decision(REAL, null), "{\"remark\":\"like %s\"}".formatted(MADE_UP)))
                .isInstanceOf(SomebodyElses.class);
    }

    @Test
    void refusesWhatNobodyCanReadAndTellsNothingThatStandsInIt() {
        assertThatThrownBy(() -> keep(unreadable(), "{\"text\":\"110105194912310021, %s0\"}".formatted(MADE_UP)))
                .isInstanceOf(SomebodyElses.class)
                .hasMessageContaining("something that result.in cannot read and that names no such case")
                .hasMessageNotContaining("110105194912310021");
        assertThat(arrivals.all(heard -> true)).isEmpty();
    }

    @Test
    void tellsNoNumberThatIsNoneOfACase() {
        assertThatThrownBy(() -> keep(decision("11010519491231002X", null), "{}"))
                .isInstanceOf(SomebodyElses.class)
                .hasMessageContaining("a word that names no such case")
                .hasMessageNotContaining("11010519491231002X");
    }

    private void keep(Heard heard, String row) {
        OwnWords words = new OwnWords("queue out", arrivals, (body, type) -> heard);
        words.sent(SENT);
        words.keep("office", "key", row.getBytes(StandardCharsets.UTF_8));
    }

    private static Heard decision(String caseNo, UUID message) {
        ObjectNode document = Json.object();
        if (caseNo != null) {
            document.put("caseNo", caseNo);
        }
        if (message != null) {
            document.put("messageId", message.toString());
        }
        return new Heard(
                Meaning.TAKEN, "delivered", new Reading(Verdict.DELIVERED, null, "result", document, null), null);
    }

    private static Heard unreadable() {
        return Heard.without(Meaning.UNCLEAR, "no XML");
    }
}
