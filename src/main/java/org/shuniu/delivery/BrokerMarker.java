package org.shuniu.delivery;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;

/**
 * A message that stays in {@code hub.marker}: a broker without it has never served this life of the database, so nothing
 * that was sent to the one before will come out of it.
 */
final class BrokerMarker {

    private static final String QUEUE = "hub.marker";

    private final SharedConnection broker;
    private final Incarnation incarnation;

    BrokerMarker(SharedConnection broker, Incarnation incarnation) {
        this.broker = broker;
        this.incarnation = incarnation;
    }

    /**
     * Marks the broker unless it is marked.
     *
     * @param isNew runs before the mark is set, so that a crash between the two only repeats it
     */
    void mark(Runnable isNew) throws JMSException {
        String life = incarnation.current();
        try (Session session = broker.session()) {
            Queue queue = session.createQueue(QUEUE);
            if (!marked(session, queue, life)) {
                isNew.run();
                Message mark = session.createMessage();
                mark.setStringProperty(BrokerMessage.INCARNATION, life);
                session.createProducer(queue).send(mark);
                session.commit();
            }
        }
    }

    private static boolean marked(Session session, Queue queue, String life) throws JMSException {
        try (QueueBrowser browser =
                session.createBrowser(queue, "%s = '%s'".formatted(BrokerMessage.INCARNATION, life))) {
            return browser.getEnumeration().hasMoreElements();
        }
    }
}
