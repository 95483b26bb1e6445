package org.shuniu.incident;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Pools;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the ways to somebody outside; without settings there are none. */
@Configuration(proxyBeanMethods = false)
class OutsideConfiguration {

    /** What a notice may be held for beyond its call. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    record Channels(List<Channel> all) {}

    @Bean
    Channels incidentChannels(OutsideProperties outside, Secrets secrets) {
        List<Channel> channels = new ArrayList<>();
        OutsideProperties.Webhook webhook = outside.webhook();
        if (!webhook.url().isEmpty()) {
            channels.add(new Webhook(
                    URI.create(webhook.url()),
                    webhook.deadline(),
                    secret(secrets, webhook.signature()),
                    secret(secrets, webhook.token())));
        }
        OutsideProperties.Mail mail = outside.mail();
        if (!mail.host().isEmpty()) {
            channels.add(new MailServer(mail, secret(secrets, mail.password())));
        }
        return new Channels(channels);
    }

    private static Optional<String> secret(Secrets secrets, String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(secrets.require(name));
    }

    @Bean
    NoticeDesk incidentNotices(
            Pools pools,
            Channels channels,
            MessageSource words,
            PartnerDirectory partners,
            OutsideProperties outside,
            @Value("${shuniu.public-url}") String publicUrl) {
        return new NoticeDesk(
                pools.settlement().sql(),
                channels.all(),
                new NoticeWords(words, partners, publicUrl + "/incidents"),
                QuietHours.of(outside.quietFrom(), outside.quietTo()),
                outside.flood(),
                outside.together());
    }

    @Bean
    NoticeSender incidentNoticeSender(Pools pools, Channels channels, OutsideProperties outside) {
        Duration longest = Stream.of(
                        outside.webhook().deadline(), outside.mail().deadline())
                .max(Duration::compareTo)
                .orElseThrow();
        return new NoticeSender(
                new NoticeOutbox(pools.settlement(), outside.giveUp()),
                channels.all(),
                longest.plus(MARGIN),
                outside.every());
    }
}
