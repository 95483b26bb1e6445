package org.shuniu.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the waiting line before the commit.
 *
 * @param waitingLine how many acceptances may wait
 * @param patience how long one may wait before it is answered 503
 * @param group how many share one commit
 */
@ConfigurationProperties("shuniu.intake")
public record IntakeProperties(
        @DefaultValue("2000") int waitingLine,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("200") int group) {

    public IntakeProperties {
        if (waitingLine < 1 || group < 1 || patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "shuniu.intake: waiting-line and group must be at least 1 and patience longer than nothing");
        }
    }
}
