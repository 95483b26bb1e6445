package org.shuniu.notice;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When senders are told that something is stuck.
 *
 * @param after how long a delivery waits for a receiver that is down before its sender is told
 * @param every how often that is looked at
 * @param batch how many such receipts of one sender may be under way at a time
 */
@ConfigurationProperties("shuniu.notices")
public record NoticeProperties(
        @DefaultValue("15m") Duration after,
        @DefaultValue("5s") Duration every,
        @DefaultValue("100") int batch) {

    public NoticeProperties {
        if (after.isNegative() || after.isZero() || every.toMillis() < 1 || batch < 1) {
            throw new IllegalArgumentException("shuniu.notices: after, every and batch must be above 0");
        }
    }
}
