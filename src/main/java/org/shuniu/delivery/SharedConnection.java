package org.shuniu.delivery;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection by which this process fills and reads its queues: opened when it is needed, thrown away when it fails.
 *
 * <p>One, so that what is sent comes out where it is read, also where two brokers both serve that should be one. And because the
 * broker's client opens one after the other: where the first of two is a machine that is gone, dozens would wait for each other.
 */
final class SharedConnection implements AutoCloseable {

    private final ConnectionFactory broker;
    private final ReentrantLock opening = new ReentrantLock();
    private Connection current;

    SharedConnection(ConnectionFactory broker) {
        this.broker = broker;
    }

    /** A session whose work is committed together; it fails with the connection, and the next one has a new one. */
    Session session() throws JMSException {
        Connection connection = connected();
        try {
            return connection.createSession(true, Session.SESSION_TRANSACTED);
        } catch (JMSException | RuntimeException failure) {
            drop(connection);
            throw failure;
        }
    }

    private Connection connected() throws JMSException {
        opening.lock();
        try {
            if (current == null) {
                Connection opened = broker.createConnection();
                opened.setExceptionListener(failure -> drop(opened));
                opened.start();
                current = opened;
            }
            return current;
        } finally {
            opening.unlock();
        }
    }

    /** Throws away one that failed, unless that has happened already: the next one is not to blame. */
    private void drop(Connection failed) {
        opening.lock();
        try {
            current = current == failed ? null : current;
        } finally {
            opening.unlock();
        }
        close(failed);
    }

    private static void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (JMSException dead) {
            // It is thrown away because it failed.
        }
    }

    @Override
    public void close() {
        opening.lock();
        Connection last = current;
        current = null;
        opening.unlock();
        close(last);
    }
}
