package org.shuniu.channel;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import java.util.Map;
import org.apache.qpid.jms.provider.exceptions.ProviderDeliveryModifiedException;
import org.apache.qpid.jms.provider.exceptions.ProviderDeliveryReleasedException;
import org.shuniu.partner.Partner;

/**
 * Puts messages into a queue of a department's own broker, durably; the message id travels as the correlation id, and the
 * answer comes by itself.
 */
final class QueueAdapter implements ChannelAdapter {

    private final BrokerConnection broker;
    private final Partner.Queues queues;
    private final Map<String, String> operations;

    QueueAdapter(Partner partner, BrokerConnection broker) {
        this.broker = broker;
        this.queues = partner.queues().orElseThrow();
        this.operations = partner.operations();
    }

    @Override
    public Reply call(Call call) {
        String subject = operations.get(call.operation());
        if (subject == null) {
            return new Reply.Invalid("the partner has no operation for %s".formatted(call.operation()));
        }
        if (call.body().length > queues.largest()) {
            return new Reply.Invalid("a message of %d bytes; the department's broker takes %d"
                    .formatted(call.body().length, queues.largest()));
        }
        boolean sending = false;
        Connection connection;
        try {
            connection = broker.connection();
        } catch (JMSException | RuntimeException failure) {
            return unreached(failure);
        }
        try (Session session = BrokerConnection.session(connection);
                MessageProducer producer = session.createProducer(session.createQueue(queues.requests()))) {
            BytesMessage message = message(session, call, subject);
            if (call.isOver()) {
                return new Reply.Unavailable("the time of the call was over before the message was sent", null);
            }
            sending = true;
            producer.send(message, DeliveryMode.PERSISTENT, 4, 0);
            return new Reply.Taken();
        } catch (JMSException | RuntimeException failure) {
            broker.drop(connection);
            return sending ? sort(failure) : unreached(failure);
        }
    }

    private BytesMessage message(Session session, Call call, String subject) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(call.body());
        message.setJMSType(subject);
        message.setJMSCorrelationID(call.messageId().toString());
        message.setJMSReplyTo(session.createQueue(queues.replies()));
        return message;
    }

    private static Reply unreached(Exception failure) {
        if (failure instanceof JMSSecurityException) {
            return new Reply.CredentialsRefused("the department's broker does not accept the hub's credentials");
        }
        return new Reply.Unavailable(
                "the department's broker is away: %s"
                        .formatted(failure.getClass().getSimpleName()),
                null);
    }

    /** Only a broker that says so has surely not taken it. */
    private static Reply sort(Exception failure) {
        boolean surely = failure instanceof ResourceAllocationException
                || failure.getCause() instanceof ProviderDeliveryReleasedException
                || failure.getCause() instanceof ProviderDeliveryModifiedException;
        String reason = failure.getClass().getSimpleName();
        return surely
                ? new Reply.Unavailable("the department's broker takes nothing now: %s".formatted(reason), null)
                : new Reply.Unknown("the department's broker did not confirm the message: %s".formatted(reason));
    }

    @Override
    public void close() {
        broker.close();
    }
}
