package org.shuniu.trials;

import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A broker of its own, outside the hub's process, that keeps its files when it is stopped. */
final class BrokerServer implements AutoCloseable {

    private final int port;
    private final Path directory;
    private EmbeddedActiveMQ server;

    BrokerServer(int port, Path directory) {
        this.port = port;
        this.directory = directory;
    }

    void start() throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setSecurityEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setJMXManagementEnabled(false)
                .setAddressSettings(Map.of("#", addresses()));
        configuration.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port);
        server = new EmbeddedActiveMQ().setConfiguration(configuration);
        server.start();
    }

    private static AddressSettings addresses() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of("hub.dead"))
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(2_000)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                .setMaxSizeBytes(64L << 20)
                .setAutoCreateQueues(true)
                .setAutoCreateAddresses(true)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDefaultConsumerWindowSize(0);
    }

    void stop() throws Exception {
        server.stop();
        server = null;
    }

    @Override
    public void close() throws Exception {
        if (server != null) {
            stop();
        }
    }
}
