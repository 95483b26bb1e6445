package org.shuniu.incident;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who outside is told of incidents; each property is commented in {@code application.yaml}. Nobody is by default.
 *
 * @param every how often it is looked for what is to be sent
 * @param quietFrom when the quiet hours begin, such as {@code 22:00}; empty for none
 * @param quietTo when they end
 * @param flood how many open incidents are told one by one
 * @param together how far apart notices of many are
 * @param giveUp after how long a notice that nobody takes is given up
 */
@ConfigurationProperties("shuniu.incidents.outside")
public record OutsideProperties(
        @DefaultValue("2s") Duration every,
        @DefaultValue Webhook webhook,
        @DefaultValue Mail mail,
        @DefaultValue("") String quietFrom,
        @DefaultValue("") String quietTo,
        @DefaultValue("10") int flood,
        @DefaultValue("5m") Duration together,
        @DefaultValue("1d") Duration giveUp) {

    /**
     * @param url where to, or empty
     * @param signature name of the secret that signs, or empty
     * @param token name of the secret that is shown as bearer token, or empty
     * @param deadline total time of one call
     */
    public record Webhook(
            @DefaultValue("") String url,
            @DefaultValue("") String signature,
            @DefaultValue("") String token,
            @DefaultValue("10s") Duration deadline) {}

    /**
     * @param host of the server, or empty
     * @param encryption {@code none} or {@code starttls}
     * @param password name of the secret, or empty
     * @param deadline total time of one mail
     */
    public record Mail(
            @DefaultValue("") String host,
            @DefaultValue("25") int port,
            @DefaultValue("starttls") String encryption,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("") String from,
            @DefaultValue List<String> to,
            @DefaultValue("30s") Duration deadline) {}

    public OutsideProperties {
        if (!webhook.url().isEmpty() && !webhook.url().matches("https?://[^/?#]+.*")) {
            throw new IllegalArgumentException("shuniu.incidents.outside.webhook.url: expected http:// or https://");
        }
        if (!mail.host().isEmpty() && (mail.from().isEmpty() || mail.to().isEmpty())) {
            throw new IllegalArgumentException("shuniu.incidents.outside.mail: expected from and to beside host");
        }
        if (!List.of("none", "starttls").contains(mail.encryption())) {
            throw new IllegalArgumentException(
                    "shuniu.incidents.outside.mail.encryption: found %s, expected none or starttls"
                            .formatted(mail.encryption()));
        }
        if (every.toMillis() < 1
                || webhook.deadline().toMillis() < 1
                || mail.deadline().toMillis() < 1
                || flood < 1
                || together.isNegative()
                || giveUp.isNegative()) {
            throw new IllegalArgumentException(
                    "shuniu.incidents.outside: every, deadlines and flood must be above 0, together and give-up not below");
        }
    }
}
