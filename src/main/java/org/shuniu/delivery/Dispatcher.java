package org.shuniu.delivery;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.shuniu.store.Delivery;
import org.shuniu.store.Released;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends committed deliveries to the broker, many in one transaction.
 *
 * <p>It never makes its callers wait: what it cannot take or send is told to the redispatcher. A queue that refuses
 * costs the other queues nothing but one repetition.
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

        static Sending of(Released released) {
            return new Sending(released.id(), released.receiver(), released.queue(), released.attempt(), 0, null);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int LINE = 10_000;
    private static final int MOST_UNSENT = 50_000;
    private static final int GROUP = 200;

    private final BlockingQueue<Sending> line = new ArrayBlockingQueue<>(LINE);
    private final BlockingQueue<UUID> unsent = new ArrayBlockingQueue<>(MOST_UNSENT);
    private final SharedConnection broker;
    private final Incarnation incarnation;
    private final BrokerWindow window;
    private final long bodyLimit;
    private final Thread thread;
    private final Map<String, Queue> queues = new HashMap<>();
    private volatile boolean open = true;
    private Session session;
    private MessageProducer producer;

    Dispatcher(SharedConnection broker, Incarnation incarnation, BrokerWindow window, long bodyLimit) {
        this.broker = broker;
        this.incarnation = incarnation;
        this.window = window;
        this.bodyLimit = bodyLimit;
        this.thread = new Thread(this::run, "dispatcher");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    void dispatch(Collection<Delivery> deliveries) {
        deliveries.forEach(delivery -> send(Sending.of(delivery)));
    }

    /** Sends what may travel because what it waited for is over. */
    void goOn(Collection<Released> released) {
        released.forEach(one -> send(Sending.of(one)));
    }

    void send(Sending sending) {
        if (!line.offer(sending)) {
            unsent(sending);
        }
    }

    /** Takes what could not be sent since the last call. */
    List<UUID> takeUnsent() {
        List<UUID> taken = new ArrayList<>();
        unsent.drainTo(taken);
        return taken;
    }

    /** Where even this is full, the send lease passes and the redispatcher finds the delivery by itself. */
    private void unsent(Sending sending) {
        unsent.offer(sending.deliveryId());
        window.close(sending.receiver());
    }

    private void run() {
        List<Sending> group = new ArrayList<>();
        while (open || !line.isEmpty()) {
            try {
                Sending first = line.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    line.drainTo(group, GROUP - 1);
                    sendGroup(group);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error failure) {
                LOG.error(
                        "Of {} deliveries it is not known whether they were sent; their send lease passes",
                        group.size(),
                        failure);
            } finally {
                group.clear();
            }
        }
    }

    private void sendGroup(List<Sending> group) {
        if (trySending(group)) {
            return;
        }
        Map<String, List<Sending>> byQueue =
                group.stream().collect(Collectors.groupingBy(sending -> sending.receiver() + "." + sending.queue()));
        byQueue.values().stream()
                .filter(several -> byQueue.size() == 1 || !trySending(several))
                .forEach(several -> several.forEach(this::unsent));
    }

    private boolean trySending(List<Sending> group) {
        try {
            sendAll(group);
            return true;
        } catch (JMSException | RuntimeException | Error failure) {
            LOG.warn(
                    "{} deliveries for {} could not be sent: {}",
                    group.size(),
                    group.get(0).receiver(),
                    failure.toString());
            disconnect();
            return false;
        }
    }

    private void sendAll(List<Sending> group) throws JMSException {
        connect();
        String life = incarnation.current();
        for (Sending sending : group) {
            Message message = message(sending);
            message.setStringProperty(
                    BrokerMessage.DELIVERY, sending.deliveryId().toString());
            message.setStringProperty(BrokerMessage.RECEIVER, sending.receiver());
            message.setIntProperty(BrokerMessage.ATTEMPT, sending.attempt());
            message.setStringProperty(BrokerMessage.INCARNATION, life);
            producer.setDeliveryDelay(sending.delayMillis());
            producer.send(queue(sending.receiver() + "." + sending.queue()), message);
        }
        session.commit();
    }

    private Queue queue(String name) throws JMSException {
        Queue known = queues.get(name);
        if (known == null) {
            known = session.createQueue(name);
            queues.put(name, known);
        }
        return known;
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
        if (session == null) {
            session = broker.session();
            producer = session.createProducer(null);
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producer.setDisableMessageTimestamp(true);
        }
    }

    private void disconnect() {
        try {
            if (session != null) {
                session.close();
            }
        } catch (JMSException alreadyGone) {
            LOG.debug("The session with the broker was gone", alreadyGone);
        } finally {
            session = null;
            queues.clear();
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}
