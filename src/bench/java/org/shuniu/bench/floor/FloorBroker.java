package org.shuniu.bench.floor;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** An embedded broker with the hub's journal settings. */
final class FloorBroker {

    private static final int JOURNAL_BUFFER_NANOS = 300_000;
    private static final int WINDOW_BYTES = 256 * 1024;

    private final ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://0");

    private FloorBroker() {
        connections.setConsumerWindowSize(WINDOW_BYTES);
    }

    static FloorBroker start(Path directory) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_NANOS)
                .setJMXManagementEnabled(false)
                .setMaxDiskUsage(98)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .addAcceptorConfiguration("vm", "vm://0");
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration);
        server.start();
        return new FloorBroker();
    }

    Connection connect() throws JMSException {
        Connection connection = connections.createConnection();
        connection.start();
        return connection;
    }

    static BytesMessage write(Session session, Parcel parcel) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(parcel.body());
        message.setStringProperty("delivery", parcel.deliveryId().toString());
        message.setStringProperty("message", parcel.messageId().toString());
        message.setStringProperty("caseNo", parcel.caseNo());
        return message;
    }

    static Parcel read(BytesMessage message) throws JMSException {
        byte[] body = new byte[(int) message.getBodyLength()];
        message.readBytes(body);
        return new Parcel(
                UUID.fromString(message.getStringProperty("delivery")),
                UUID.fromString(message.getStringProperty("message")),
                message.getStringProperty("caseNo"),
                body);
    }
}
