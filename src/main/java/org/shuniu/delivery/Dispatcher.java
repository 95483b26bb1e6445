package org.shuniu.delivery;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.shuniu.store.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends committed deliveries to the broker, many in one transaction.
 *
 * <p>It never makes its callers wait: what it cannot take or send is the redispatcher's.
 */
final class Dispatcher implements AutoCloseable {

    /**
     * A delivery to be put into a queue.
     *
     * @param queue {@code application}, {@code result} or {@code retry}
     * @param delayMillis before it may be consumed
     * @param body the sealed body, or null when it is to be read with the claim
     */
    record Sending(UUID deliveryId, String receiver, String queue, int attempt, long delayMillis, byte[] body) {
        static Sending of(Delivery delivery) {
            return new Sending(delivery.id(), delivery.receiver(), delivery.queue(), 0, 0, delivery.body());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int LINE = 10_000;
    private static final int GROUP = 200;

    private final BlockingQueue<Sending> line = new ArrayBlockingQueue<>(LINE);
    private final ConnectionFactory broker;
    private final Incarnation incarnation;
    private final long bodyLimit;
    private final Thread thread;
    private volatile boolean open = true;
    private Connection connection;
    private Session session;
    private MessageProducer producer;

    Dispatcher(ConnectionFactory broker, Incarnation incarnation, long bodyLimit) {
        this.broker = broker;
        this.incarnation = incarnation;
        this.bodyLimit = bodyLimit;
        this.thread = new Thread(this::run, "dispatcher");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    void dispatch(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> line.offer(Sending.of(delivery)));
    }

    boolean send(Sending sending) {
        return line.offer(sending);
    }

    private void run() {
        List<Sending> group = new ArrayList<>();
        while (open) {
            try {
                Sending first = line.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    line.drainTo(group, GROUP - 1);
                    sendAll(group);
                }
            } catch (JMSException | RuntimeException failure) {
                LOG.warn("{} deliveries wait for the redispatcher: {}", group.size(), failure.getMessage());
                disconnect();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                group.clear();
            }
        }
    }

    private void sendAll(List<Sending> group) throws JMSException {
        connect();
        for (Sending sending : group) {
            Message message = message(sending);
            message.setStringProperty(
                    BrokerMessage.DELIVERY, sending.deliveryId().toString());
            message.setStringProperty(BrokerMessage.RECEIVER, sending.receiver());
            message.setIntProperty(BrokerMessage.ATTEMPT, sending.attempt());
            message.setStringProperty(
                    BrokerMessage.INCARNATION, incarnation.current().toString());
            producer.setDeliveryDelay(sending.delayMillis());
            producer.send(session.createQueue(sending.receiver() + "." + sending.queue()), message);
        }
        session.commit();
    }

    /** Without a body there is no BytesMessage either: the broker's client reads an empty one as four zero bytes. */
    private Message message(Sending sending) throws JMSException {
        if (sending.body() == null || sending.body().length > bodyLimit) {
            return session.createMessage();
        }
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(sending.body());
        return message;
    }

    private void connect() throws JMSException {
        if (connection == null) {
            connection = broker.createConnection();
            session = connection.createSession(true, Session.SESSION_TRANSACTED);
            producer = session.createProducer(null);
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            connection.start();
        }
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (JMSException alreadyGone) {
            LOG.debug("The broker connection was gone", alreadyGone);
        } finally {
            connection = null;
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(2_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}
