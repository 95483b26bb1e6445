package org.shuniu.channel;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;
import org.shuniu.partner.Partner;

/**
 * The connection to a department's own broker by AMQP 1.0: opened when it is needed, thrown away when it fails.
 *
 * <p>Every step has its share of the call's total deadline: connecting, opening a session, opening a link, sending, closing.
 */
final class BrokerConnection implements AutoCloseable {

    private static final int STEPS_OF_CONNECTING = 3;
    private static final int STEPS_AFTER_CONNECTING = 4;

    private final JmsConnectionFactory factory;
    private final long patience;
    private final ReentrantLock connecting = new ReentrantLock();
    private Connection connection;

    BrokerConnection(Partner partner, String password) {
        Partner.Queues queues = partner.queues().orElseThrow();
        long connect = partner.delivery().connect().toMillis();
        this.patience = Math.max(1, connect / STEPS_OF_CONNECTING);
        long step = Math.max(1, (partner.deadline().toMillis() - connect) / STEPS_AFTER_CONNECTING);
        // Waiting for whoever connects, reaching the host, greeting the broker; only the address takes the second one.
        URI url = URI.create("%s?transport.connectTimeout=%d".formatted(queues.url(), patience));
        this.factory = new JmsConnectionFactory(queues.username(), password, url);
        factory.setConnectTimeout(patience);
        factory.setRequestTimeout(step);
        factory.setSendTimeout(step);
        factory.setCloseTimeout(step);
        // What is fetched ahead would wait with whatever fails before it.
        JmsDefaultPrefetchPolicy one = new JmsDefaultPrefetchPolicy();
        one.setAll(1);
        factory.setPrefetchPolicy(one);
    }

    /** @throws JMSException also when another thread has been connecting for too long */
    Session session() throws JMSException {
        if (!locked()) {
            throw new JMSException("no connection in time");
        }
        try {
            if (connection == null) {
                connection = factory.createConnection();
                connection.start();
            }
            return connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        } finally {
            connecting.unlock();
        }
    }

    private boolean locked() {
        try {
            return connecting.tryLock(patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Throws the connection away; the next session opens another. */
    void drop() {
        connecting.lock();
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (JMSException dead) {
            // It is thrown away because it failed.
        } finally {
            connection = null;
            connecting.unlock();
        }
    }

    @Override
    public void close() {
        drop();
    }
}
