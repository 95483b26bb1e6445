package org.shuniu.notice;

import java.time.Clock;
import org.shuniu.evidence.Evidence;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Wires business receipts. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class NoticeConfiguration {

    @Bean
    Notices notices(
            Pools pools,
            Evidence evidence,
            Vault vault,
            PartnerDirectory partners,
            NoticeProperties settings,
            Clock clock) {
        return new Notices(pools.settlement().sql(), evidence.control(), vault, partners, settings.after(), clock);
    }

    @Bean
    DelayedNotices delayedNotices(Pools pools, Notices notices, NoticeProperties settings) {
        return new DelayedNotices(pools.settlement(), notices, settings.batch());
    }
}
