package org.shuniu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.ResponseEntity;

class ProblemAdviceTest {

    private final ProblemAdvice advice = new ProblemAdvice();

    /** Whoever sends it again would be told so again: it is not the hub that cannot. */
    @Test
    void tellsACallerThatNoTextIsWrittenSo() {
        ResponseEntity<byte[]> answer =
                advice.away(new DataIntegrityViolationException("of somebody: \0", new SQLException("0x00", "22021")));

        assertThat(answer.getStatusCode().value()).isEqualTo(400);
        assertThat(new String(answer.getBody(), StandardCharsets.UTF_8)).doesNotContain("somebody", "0x00");
    }

    @Test
    void asksForAnotherTryWhileTheDatabaseIsAway() {
        ResponseEntity<byte[]> answer =
                advice.away(new TransientDataAccessResourceException("", new SQLException("", "08006")));

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
    }
}
