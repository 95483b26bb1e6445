package org.shuniu.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of what has not been committed yet: bodies on their way and the waiting line.
 *
 * @param waitingLine how many acceptances may wait
 * @param patience how long one may wait before it is answered 503
 * @param group how many share one commit
 * @param bodyDeadline how long a sender may take for the whole body of a document before it is answered 408
 * @param bodiesArriving how many bodies may be on their way at a time; one more is answered 503
 */
@ConfigurationProperties("shuniu.intake")
public record IntakeProperties(
        @DefaultValue("2000") int waitingLine,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("200") int group,
        @DefaultValue("30s") Duration bodyDeadline,
        @DefaultValue("500") int bodiesArriving) {

    public IntakeProperties {
        if (waitingLine < 1 || group < 1 || bodiesArriving < 1) {
            throw new IllegalArgumentException(
                    "shuniu.intake: waiting-line, group and bodies-arriving must be at least 1");
        }
        if (!isPositive(patience) || !isPositive(bodyDeadline)) {
            throw new IllegalArgumentException("shuniu.intake: patience and body-deadline must be longer than nothing");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
