package org.shuniu.exchange;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.shuniu.evidence.Evidence;
import org.shuniu.store.Pools;
import org.shuniu.timestamp.TimeStampProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has the exchange's chains stamped where an authority is named, and shows operators how long none was had. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "shuniu.exchange.enabled", havingValue = "true")
class TimeStampConfiguration {

    @Bean
    TimeStamps timeStamps(Pools pools, Evidence evidence) {
        return new TimeStamps(pools.settlement(), evidence.control());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnExpression("!'${shuniu.exchange.time-stamp.url:}'.isEmpty()")
    static class Asking {

        private static final long EVERY_SECONDS = 10;

        @Bean
        TimeStamping timeStamping(TimeStamps timeStamps, TimeStampProperties settings, Clock clock) {
            return new TimeStamping(
                    timeStamps,
                    settings.authority().orElseThrow(),
                    new AuthorityCall(URI.create(settings.url()), settings.deadline()),
                    settings.every(),
                    clock);
        }

        /** In a thread of its own: nothing waits for the authority. */
        @Bean
        ExchangeUpkeep timeStampUpkeep(TimeStamping timeStamping) {
            return new ExchangeUpkeep(List.of(new ExchangeUpkeep.Look(timeStamping::look, EVERY_SECONDS)));
        }

        @Bean
        Gauge timeStampGauge(TimeStamping timeStamping, MeterRegistry registry) {
            return Gauge.builder(
                            "shuniu.exchange.time.stamp.waiting.seconds",
                            timeStamping,
                            stamping -> stamping.state().waitingSeconds())
                    .description("How long the oldest line of the exchange's chains has waited for its time-stamp")
                    .register(registry);
        }

        /** An authority that is away is shown, but does not make the hub itself unhealthy. */
        @Bean
        HealthIndicator timeStampHealthIndicator(TimeStamping timeStamping) {
            return () -> {
                TimeStamping.State state = timeStamping.state();
                Health.Builder health = state.failure() == null
                        ? Health.up()
                        : Health.status("WAITING").withDetail("failure", state.failure());
                return health.withDetail("waitingSeconds", state.waitingSeconds())
                        .build();
            };
        }
    }
}
