package org.shuniu.incident;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
        @DefaultValue Sms sms,
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

    /**
     * @param partner the partner that sends short messages, with an operation {@code alert}
     * @param to numbers of mobile telephones by the names of duties, such as {@code night}; none sends none
     */
    public record Sms(
            @DefaultValue("") String partner, @DefaultValue Map<String, String> to) {

        private static final Pattern DUTY = Pattern.compile("[a-z][a-z0-9-]{0,19}");
        private static final Pattern NUMBER = Pattern.compile("1[3-9][0-9]{9}");

        public Sms {
            to = Map.copyOf(to);
            if (!to.isEmpty() && partner.isEmpty()) {
                throw new IllegalArgumentException(
                        "shuniu.incidents.outside.sms: expected partner beside to, such as the one that sends citizens theirs");
            }
            to.forEach(Sms::check);
        }

        /** Numbers are of people and are in no message of an error. */
        private static void check(String duty, String number) {
            if (!DUTY.matcher(duty).matches()) {
                throw new IllegalArgumentException(
                        "shuniu.incidents.outside.sms.to: found %s, expected the name of a duty: a small letter and up to 19"
                                        .formatted(duty)
                                + " small letters, digits and hyphens");
            }
            if (!NUMBER.matcher(number).matches()) {
                throw new IllegalArgumentException(
                        "shuniu.incidents.outside.sms.to.%s: found %d characters, expected a mobile number of 11 digits, such as"
                                        .formatted(duty, number.length())
                                + " 13900000000");
            }
        }

        @Override
        public String toString() {
            return "Sms[partner=%s, to=%s]".formatted(partner, to.keySet());
        }
    }

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
