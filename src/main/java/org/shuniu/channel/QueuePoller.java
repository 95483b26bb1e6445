package org.shuniu.channel;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.qpid.jms.message.JmsMessageSupport;
import org.shuniu.partner.Partner;
import org.shuniu.store.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a department's reply queue: a message is committed in the hub's database before it is acknowledged, so a crash
 * between the two brings it again, with the same key. What could not be kept goes back.
 *
 * <p>A message that is too large, or no text and no bytes, is kept without its content and rejected: it then lies in the
 * dead-letter queue of the department's broker, and a person sees why.
 */
final class QueuePoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);
    private static final long PATIENCE_MILLIS = 200;

    private final Partner partner;
    private final Partner.Queues queues;
    private final BrokerConnection broker;
    private volatile Optional<String> trouble = Optional.empty();

    QueuePoller(Partner partner, BrokerConnection broker) {
        this.partner = partner;
        this.queues = partner.queues().orElseThrow();
        this.broker = broker;
    }

    /** @return how many messages were kept */
    int poll(RowSink sink) {
        int kept = 0;
        Connection connection;
        try {
            connection = broker.connection();
        } catch (JMSException failure) {
            tell(failure);
            return kept;
        }
        try (Session session = BrokerConnection.session(connection);
                MessageConsumer consumer = session.createConsumer(session.createQueue(queues.replies()))) {
            Message message = consumer.receive(PATIENCE_MILLIS);
            while (message != null) {
                take(message, sink);
                message = ++kept < queues.batch() ? consumer.receive(PATIENCE_MILLIS) : null;
            }
            trouble = Optional.empty();
        } catch (JMSException failure) {
            broker.drop(connection);
            tell(failure);
        }
        return kept;
    }

    /** Once for each time that it goes away. */
    private void tell(JMSException failure) {
        String why = failure.getClass().getSimpleName();
        if (trouble.isEmpty()) {
            LOG.warn("The reply queue of {} cannot be read: {}", partner.id(), why);
        }
        trouble = Optional.of("its reply queue cannot be read: " + why);
    }

    /** Why the last poll did not get to the end, if it did not. */
    Optional<String> trouble() {
        return trouble;
    }

    private void take(Message message, RowSink sink) throws JMSException {
        ObjectNode envelope = Json.object();
        envelope.putObject("properties")
                .put("messageId", message.getJMSMessageID())
                .put("correlationId", message.getJMSCorrelationID())
                .put("subject", message.getJMSType());
        boolean readable = content(message, envelope);
        byte[] bytes = Json.bytes(envelope);
        try {
            sink.keep(partner.id(), ReceivedKey.of(bytes), bytes);
        } catch (RuntimeException | Error notKept) {
            release(message, notKept);
            throw notKept;
        }
        if (!readable) {
            message.setIntProperty(JmsMessageSupport.JMS_AMQP_ACK_TYPE, JmsMessageSupport.REJECTED);
        }
        message.acknowledge();
    }

    /**
     * It is nobody's fault but the hub's, and counts for no delivery: after some that failed the department's broker would put the message
     * where nobody reads it.
     */
    private static void release(Message message, Throwable notKept) {
        try {
            message.setIntProperty(JmsMessageSupport.JMS_AMQP_ACK_TYPE, JmsMessageSupport.RELEASED);
            message.acknowledge();
        } catch (JMSException brokerAway) {
            notKept.addSuppressed(brokerAway);
        }
    }

    private boolean content(Message message, ObjectNode envelope) throws JMSException {
        if (message instanceof TextMessage text && text.getText() != null) {
            return content(text.getText().getBytes(StandardCharsets.UTF_8), envelope);
        }
        if (message instanceof BytesMessage bytes) {
            if (bytes.getBodyLength() > queues.largest()) {
                envelope.put("size", bytes.getBodyLength());
                return false;
            }
            byte[] content = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(content);
            return content(content, envelope);
        }
        return false;
    }

    /** Text where it is text, so that a person can read what was kept; it gives the very same bytes again. */
    private boolean content(byte[] content, ObjectNode envelope) {
        if (content.length > queues.largest()) {
            envelope.put("size", content.length);
            return false;
        }
        String text = new String(content, StandardCharsets.UTF_8);
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)) {
            envelope.put("text", text);
        } else {
            envelope.put("base64", content);
        }
        return true;
    }

    @Override
    public void close() {
        broker.close();
    }
}
