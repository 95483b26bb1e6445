package org.shuniu;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.packaged.Workplace;

class BrokerClientTest {

    private static final int QUEUES = 10;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"true, 1048576", "false, 0"})
    void fetchesNothingAheadWhereOthersReadTheSameQueues(boolean alone, int window) {
        ActiveMQConnectionFactory brokers = new ActiveMQConnectionFactory("tcp://127.0.0.1:1");

        new BrokerClient(alone).postProcessBeforeInitialization(brokers, "brokers");

        assertThat(brokers.getConsumerWindowSize()).isEqualTo(window);
    }

    /** With the client's own pause each second connection would wait for two seconds, and all queues for each other. */
    @Test
    void reachesTheOtherBrokerSoonWhileOneIsGone() throws Exception {
        int port = Workplace.freePort();
        EmbeddedActiveMQ served = new EmbeddedActiveMQ();
        ConfigurationImpl settings = new ConfigurationImpl();
        settings.setPersistenceEnabled(false).setSecurityEnabled(false).setJMXManagementEnabled(false);
        settings.setBrokerInstance(directory.toFile());
        settings.addAcceptorConfiguration("hub", "tcp://127.0.0.1:" + port);
        served.setConfiguration(settings);
        served.start();
        try (ActiveMQConnectionFactory brokers = new ActiveMQConnectionFactory(
                "(tcp://127.0.0.1:%d,tcp://127.0.0.1:%d)".formatted(Workplace.freePort(), port))) {
            new BrokerClient(false).postProcessBeforeInitialization(brokers, "brokers");
            for (int i = 0; i < QUEUES; i++) {
                connect(brokers);
            }

            assertThat(brokers.getRetryInterval()).as("ms between the two").isLessThanOrEqualTo(100);
            assertThat(brokers.getCallTimeout()).isEqualTo(10_000);
            assertThat(brokers.getConnectionTTL()).isEqualTo(15_000);
            assertThat(brokers.isUseTopologyForLoadBalancing()).isFalse();
            assertThat(brokers.getStaticConnectors())
                    .hasSize(2)
                    .allSatisfy(
                            broker -> assertThat(broker.getParams()).containsEntry("connect-timeout-millis", 3_000));
        } finally {
            served.stop();
        }
    }

    private static void connect(ActiveMQConnectionFactory brokers) throws JMSException {
        try (Connection connection = brokers.createConnection()) {
            connection.start();
        }
    }
}
