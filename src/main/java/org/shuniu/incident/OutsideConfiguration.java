package org.shuniu.incident;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.delivery.OwnMessages;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Pools;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Wires the ways to somebody outside; without settings there are none. */
@Configuration(proxyBeanMethods = false)
class OutsideConfiguration {

    record Channels(List<Channel> all) {}

    @Bean
    Channels incidentChannels(
            OutsideProperties outside,
            Secrets secrets,
            PartnerDirectory partners,
            ChannelAdapters adapters,
            Mappings mappings,
            DeliveryEngine engine,
            Pools pools) {
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
        OutsideProperties.Sms sms = outside.sms();
        if (!sms.to().isEmpty()) {
            String gateway = gateway(sms.partner(), partners, mappings).id();
            JdbcTemplate sql = pools.settlement().sql();
            ShortMessages messages = new ShortMessages(
                    () -> partners.partner(gateway),
                    () -> adapters.of(gateway),
                    mappings,
                    engine,
                    () -> paused(sql, gateway));
            new TreeMap<>(sms.to()).forEach((duty, number) -> channels.add(new DutyPhone(duty, number, messages)));
        }
        return new Channels(channels);
    }

    private static Partner gateway(String id, PartnerDirectory partners, Mappings mappings) {
        return partners.find(id)
                .filter(partner -> partner.operations().containsKey(ShortMessages.ALERT))
                .filter(partner -> mappings.outgoing(partner.id()).contains(ShortMessages.ALERT))
                .orElseThrow(() -> new IllegalStateException(
                        "shuniu.incidents.outside.sms.partner: found %s, expected a partner with operations.%s and a mapping %s.out"
                                .formatted(id, ShortMessages.ALERT, ShortMessages.ALERT)));
    }

    private static boolean paused(JdbcTemplate sql, String partner) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select 1 from pause where partner = ? and reason in ('operator', 'untried'))",
                Boolean.class,
                partner));
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
    NoticeOutbox incidentOutbox(Pools pools, OutsideProperties outside) {
        return new NoticeOutbox(pools.settlement(), outside.giveUp());
    }

    /** The gateway reports of these as it does of what citizens get. */
    @Bean
    OwnMessages ownMessages(NoticeOutbox outbox) {
        return outbox::reported;
    }

    @Bean
    NoticeSender incidentNoticeSender(NoticeOutbox outbox, Channels channels, OutsideProperties outside) {
        return new NoticeSender(outbox, channels.all(), outside.every());
    }
}
