package org.shuniu.report;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what reports show is counted; each property is commented in {@code application.yaml}.
 *
 * @param every how often what is new is counted
 * @param lines of the evidence that one transaction reads, of all its chains together
 */
@ConfigurationProperties("shuniu.reports")
public record ReportProperties(
        @DefaultValue("10s") Duration every,
        @DefaultValue("10000") int lines) {

    public ReportProperties {
        if (every.toMillis() < 1 || lines < 1) {
            throw new IllegalArgumentException(
                    "shuniu.reports: every %s, lines %d; expected 1ms or more, and 1 or more".formatted(every, lines));
        }
    }
}
