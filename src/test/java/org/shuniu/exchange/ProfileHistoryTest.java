package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileHistoryTest {

    private static final String BEFORE = """
            {"version":1,"party":"urn:chx:anhui:hub","certificates":["aa","bb"],"contact":"desk","keys":[
             {"keyid":"one","algorithm":"ed25519","purpose":["message"],"notBefore":"2026","notAfter":"2028","publicKey":"A"},
             {"keyid":"two","algorithm":"ed25519","purpose":["message"],"notBefore":"2026","notAfter":"2028","publicKey":"B"}]}
            """;

    @Test
    void saysWhatHasChangedAndNothingElse() {
        String now = BEFORE.replace("\"version\":1", "\"version\":2")
                .replace("\"bb\"", "\"cc\"")
                .replace("\"publicKey\":\"A\"", "\"removedAt\":\"2027\",\"publicKey\":\"A\"");

        assertThat(ProfileHistory.change(BEFORE, now))
                .startsWith("version 2; key one: removed at 2027, PEM ")
                .endsWith("; certificate cc: may be shown; certificate bb: taken out")
                .doesNotContain("two", "aa", "desk");
    }

    @Test
    void tellsAnotherKeyUnderTheSameName() {
        assertThat(ProfileHistory.change(BEFORE, BEFORE.replace("\"publicKey\":\"B\"", "\"publicKey\":\"C\"")))
                .startsWith("version 1; key two: ed25519, for [\"message\"], from 2026 until 2028, PEM ");
    }

    @Test
    void saysEverythingOfANewRegionAndThatOneIsGone() {
        assertThat(ProfileHistory.change(null, BEFORE))
                .contains("key one", "key two", "certificate aa", "contact: changed");
        assertThat(ProfileHistory.change(BEFORE, null)).isEqualTo("it is no region any more");
    }
}
