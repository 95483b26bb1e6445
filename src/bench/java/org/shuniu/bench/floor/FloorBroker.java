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
        write(message, parcel.deliveryId());
        write(message, parcel.messageId());
        message.writeUTF(parcel.caseNo());
        message.writeInt(parcel.body().length);
        message.writeBytes(parcel.body());
        return message;
    }

    static Parcel read(BytesMessage message) throws JMSException {
        UUID delivery = new UUID(message.readLong(), message.readLong());
        UUID id = new UUID(message.readLong(), message.readLong());
        String caseNo = message.readUTF();
        byte[] body = new byte[message.readInt()];
        message.readBytes(body);
        return new Parcel(delivery, id, caseNo, body);
    }

    private static void write(BytesMessage message, UUID id) throws JMSException {
        message.writeLong(id.getMostSignificantBits());
        message.writeLong(id.getLeastSignificantBits());
    }
}
