package org.shuniu.channel;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;
import org.jspecify.annotations.Nullable;
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
    Connection connection() throws JMSException {
        if (!locked()) {
            throw new JMSException("no connection in time");
        }
        try {
            if (connection == null) {
                connection = factory.createConnection();
                connection.start();
            }
            return connection;
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

    static Session session(Connection connection) throws JMSException {
        return connection.createSession(Session.CLIENT_ACKNOWLEDGE);
    }

    /** Throws a connection that failed away, unless that has happened already: the next one is not to blame. */
    void drop(@Nullable Connection failed) {
        connecting.lock();
        try {
            connection = connection == failed ? null : connection;
        } finally {
            connecting.unlock();
        }
        close(failed);
    }

    private static void close(@Nullable Connection failed) {
        if (failed == null) {
            return;
        }
        try {
            failed.close();
        } catch (JMSException dead) {
            // It is thrown away because it failed.
        }
    }

    @Override
    public void close() {
        drop(connection);
    }
}
