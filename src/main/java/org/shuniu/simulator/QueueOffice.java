package org.shuniu.simulator;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An office that takes requests from a queue of its own broker and puts replies into another. */
final class QueueOffice implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueOffice.class);
    private static final long LOOK_MILLIS = 100;
    private static final String SCHEDULED = "_AMQ_SCHED_DELIVERY";

    private final String partner;
    private final OfficeBroker broker;
    private final QueueClerk clerk;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;

    QueueOffice(String partner, OfficeBroker broker, QueueClerk clerk) {
        this.partner = partner;
        this.broker = broker;
        this.clerk = clerk;
        this.worker = new Thread(this::run, "simulator-" + partner);
    }

    void start() {
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void close() {
        closing.countDown();
        Waiting.forEndOf(worker);
    }

    private void run() {
        while (!Waiting.upTo(closing, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            try (Connection connection = broker.staff();
                    Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
                serve(session);
            } catch (Exception e) {
                LOG.warn("The queues of {} begin anew: {}", partner, e.toString());
            }
        }
    }

    private void serve(Session session) throws Exception {
        MessageConsumer requests = session.createConsumer(session.createQueue(OfficeBroker.requests(partner)));
        MessageProducer replies = session.createProducer(session.createQueue(OfficeBroker.replies(partner)));
        while (!Waiting.upTo(closing, 1, TimeUnit.MILLISECONDS)) {
            Message message = clerk.isOpen() ? requests.receive(LOOK_MILLIS) : null;
            if (message != null) {
                clerk.answer(session, replies, message);
            }
        }
    }

    static byte[] bytes(Message message) throws JMSException {
        if (message instanceof BytesMessage content) {
            byte[] bytes = new byte[(int) content.getBodyLength()];
            content.readBytes(bytes);
            return bytes;
        }
        return new byte[0];
    }

    static BytesMessage reply(Session session, String correlation, String type, String text) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        message.setJMSCorrelationID(correlation);
        message.setJMSType(type);
        return message;
    }

    /** Lets a reply lie with the broker for as long as the fault says. */
    static void delay(Message reply, Fault fault) throws JMSException {
        reply.setLongProperty(
                SCHEDULED, System.currentTimeMillis() + fault.length().toMillis());
    }
}
