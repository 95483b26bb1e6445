package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.shuniu.conformance.Arrivals.Arrived;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.mapping.Reading;
import org.shuniu.mapping.Verdict;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/** A supplement or a withdrawal is not taken because something was said of its application. */
class LaterWordsTest {

    private static final String CASE = "3119990101000000123";
    private static final Message APPLICATION = message("application");
    private static final Message WITHDRAWAL = message("withdrawal");
    /** Longer than a second word of a thing is waited for. */
    private static final Duration WITHIN = Duration.ofSeconds(4);

    private static final Duration LATE = Duration.ofSeconds(3);

    private final Arrivals arrivals = new Arrivals();

    @Test
    void hearsAnObjectionAsLateAsAWordMayBe() throws InterruptedException {
        say(APPLICATION, Meaning.TAKEN);
        Executor later = CompletableFuture.delayedExecutor(LATE.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> say(WITHDRAWAL, Meaning.INVALID), later);

        assertThat(heard(WITHIN).meaning()).isEqualTo(Meaning.INVALID);
    }

    @Test
    void saysHowLongNobodyObjected() throws InterruptedException {
        say(APPLICATION, Meaning.TAKEN);

        Heard heard = heard(Duration.ofSeconds(1));

        assertThat(heard.meaning()).isEqualTo(Meaning.TAKEN);
        assertThat(heard.said()).isEqualTo("not objected to within 1 s");
    }

    @Test
    void takesNoSilenceForConsentOfAnOfficeThatSaysNothingOfItsCase() throws InterruptedException {
        assertThat(heard(Duration.ofSeconds(1)).meaning()).isEqualTo(Meaning.SILENT);
    }

    @Test
    void takesNoSilenceForConsentWhileNothingCanBeHeard() throws InterruptedException {
        say(APPLICATION, Meaning.TAKEN);
        arrivals.trouble(Optional.of("its reply queue cannot be read"));

        Heard heard = heard(Duration.ofSeconds(1));

        assertThat(heard.meaning()).isEqualTo(Meaning.UNCLEAR);
        assertThat(heard.said()).contains("its reply queue cannot be read");
    }

    private Heard heard(Duration within) throws InterruptedException {
        return new LaterWords(arrivals, within).of(WITHDRAWAL, new Transcript(null));
    }

    private void say(Message of, Meaning meaning) {
        ObjectNode document =
                Json.object().put("caseNo", CASE).put("messageId", of.id().toString());
        Reading reading = new Reading(Verdict.DELIVERED, null, "status", document, null);
        arrivals.keep(new Arrived(new byte[0], new Heard(meaning, "said", reading, null)));
    }

    private static Message message(String document) {
        return new Message(document, UUID.randomUUID(), CASE, "312098001000", Json.object());
    }
}
