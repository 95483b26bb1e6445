package org.shuniu.embedded;

import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.springframework.boot.artemis.autoconfigure.ArtemisConfigurationCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Turns Spring Boot's development broker into one that keeps what it is given. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.artemis.mode", havingValue = "embedded")
class BrokerConfiguration {

    private static final int JOURNAL_BUFFER_NANOS = 300_000;
    private static final long REDELIVERY_DELAY_MILLIS = 2_000;
    private static final int CONSUMER_WINDOW_BYTES = 256 * 1024;
    private static final int THREADS = 6;
    /** Of 10 MB each, kept for what comes; more of them are deleted, where without a bound each compacting leaves one for ever. */
    private static final int EMPTY_FILES = 10;

    private static final long ADDRESS_BYTES = 64L * 1024 * 1024;

    @Bean
    ArtemisConfigurationCustomizer durableBroker() {
        return BrokerConfiguration::customise;
    }

    private static void customise(Configuration configuration) {
        configuration
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_NANOS)
                .setJMXManagementEnabled(false)
                .setJournalPoolFiles(EMPTY_FILES)
                // Few: a thread at work goes on to the next task, where many wake each other for each.
                .setThreadPoolMaxSize(THREADS)
                .setMaxDiskUsage(98)
                .setMessageCounterEnabled(true);
        configuration.setAddressSettings(Map.of("#", hubAddresses()));
    }

    /** A full address refuses: the redispatcher waits then, intake never does. */
    private static AddressSettings hubAddresses() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of("hub.dead"))
                .setExpiryAddress(SimpleString.of("hub.dead"))
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(REDELIVERY_DELAY_MILLIS)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                .setMaxSizeBytes(ADDRESS_BYTES)
                .setAutoCreateQueues(true)
                .setAutoCreateAddresses(true)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDefaultConsumerWindowSize(CONSUMER_WINDOW_BYTES);
    }
}
