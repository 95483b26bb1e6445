package org.shuniu.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What openssl stamps counts when it is the answer to what was asked, and by an authority that is known. */
class TimeStampAuthorityTest {

    private static final byte[] STAMPED = "where the chain stood".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path directory;

    private static OpensslAuthority openssl;
    private static TimeStampAuthority authority;

    @BeforeAll
    static void make() throws IOException {
        openssl = OpensslAuthority.make(directory.resolve("tsa"));
        authority = TimeStampAuthority.of(openssl.pem(), OpensslAuthority.POLICY);
    }

    @Test
    void takesAnAnswerThatFits() throws NotStamped {
        TimeStampAuthority.Question question = authority.ask(STAMPED);
        byte[] answer = openssl.answer(question.bytes());

        Instant at = authority.check(question, answer, Instant.now());

        assertThat(at).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(authority.verify(STAMPED, answer)).isEqualTo(at);
    }

    @Test
    void refusesTheAnswerToAnotherQuestion() {
        TimeStampAuthority.Question question = authority.ask(STAMPED);

        refused(question, openssl.otherAnswer(question.bytes(), true), "nonce");
        refused(question, openssl.otherAnswer(question.bytes(), false), "it is no answer to what was asked");
        refused(question, "garbage".getBytes(StandardCharsets.UTF_8), "it is no answer of a time-stamp authority");
        refused(question, new byte[0], "it is no answer of a time-stamp authority");
    }

    private static void refused(TimeStampAuthority.Question question, byte[] answer, String why) {
        assertThatThrownBy(() -> authority.check(question, answer, Instant.now()))
                .isInstanceOf(NotStamped.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesWhatWasStampedOfSomethingElseAndWhatWasChanged() {
        byte[] answer = openssl.answer(authority.ask(STAMPED).bytes());
        byte[] changed = answer.clone();
        changed[changed.length - 1] ^= 1;

        assertThatThrownBy(() -> authority.verify("another".getBytes(StandardCharsets.UTF_8), answer))
                .hasMessageContaining("it is about something else");
        assertThatThrownBy(() -> authority.verify(STAMPED, changed)).isInstanceOf(NotStamped.class);
    }

    @Test
    void refusesAnAuthorityThatIsNotKnownAndAnotherPolicy() throws IOException {
        Path other = directory.resolve("other");
        OpensslAuthority stranger = OpensslAuthority.make(other);
        byte[] answer = openssl.answer(authority.ask(STAMPED).bytes());

        assertThatThrownBy(() -> TimeStampAuthority.of(stranger.pem(), "").verify(STAMPED, answer))
                .isInstanceOf(NotStamped.class)
                .hasMessageContaining("it does not count");
        assertThatThrownBy(() -> TimeStampAuthority.of(openssl.pem(), "1.2.3.4").verify(STAMPED, answer))
                .hasMessageContaining("another policy");
    }

    @Test
    void refusesAClockThatIsFarOff() {
        TimeStampAuthority.Question question = authority.ask(STAMPED);
        byte[] answer = openssl.answer(question.bytes());

        assertThatThrownBy(() -> authority.check(question, answer, Instant.now().plus(Duration.ofHours(1))))
                .hasMessageContaining("its clock is");
    }
}
