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
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archives: take requests from a queue of their own broker, look in the stacks, and put a reply into another queue. They
 * know a request by its id, whatever the queue brings twice.
 */
final class ArchivesSimulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchivesSimulator.class);
    private static final long LOOK_MILLIS = 100;
    private static final String SCHEDULED = "_AMQ_SCHED_DELIVERY";

    private final OfficeBroker broker;
    private final Ledger ledger;
    private final PartnerFaults faults;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker = new Thread(this::run, "simulator-archives");
    private String before = "ID:of-another-request";
    private boolean shut;

    ArchivesSimulator(OfficeBroker broker, Ledger ledger, PartnerFaults faults) {
        this.broker = broker;
        this.ledger = ledger;
        this.faults = faults;
    }

    void start() {
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void close() {
        closing.countDown();
        Waiting.forEndOf(worker);
        broker.close();
    }

    private void run() {
        while (!Waiting.upTo(closing, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            try (Connection connection = broker.staff();
                    Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
                serve(session);
            } catch (Exception e) {
                LOG.warn("The archives begin anew: {}", e.toString());
            }
        }
    }

    private void serve(Session session) throws Exception {
        MessageConsumer requests = session.createConsumer(session.createQueue(OfficeBroker.requests(Partner.ARCHIVES)));
        MessageProducer replies = session.createProducer(session.createQueue(OfficeBroker.replies(Partner.ARCHIVES)));
        while (!Waiting.upTo(closing, 1, TimeUnit.MILLISECONDS)) {
            door(faults.isDown());
            Message message = shut ? null : requests.receive(LOOK_MILLIS);
            if (message != null) {
                answer(session, replies, message);
            }
        }
    }

    private void door(boolean down) throws Exception {
        if (down && !shut) {
            broker.shut();
        } else if (!down && shut) {
            broker.open();
        }
        shut = down;
    }

    private void answer(Session session, MessageProducer replies, Message message) throws JMSException {
        ArchiveRequest request;
        try {
            request = ArchiveRequest.read(bytes(message));
        } catch (XMLStreamException e) {
            // The broker brings it again and buries it after some attempts.
            session.rollback();
            return;
        }
        Fault fault = faults.next();
        LedgerEntry entry = ledger.once(request.requestId(), request.caseNo(), request.effect(), request.isRefused());
        if (fault.is(FaultKind.CRASH_BEFORE_ACK)) {
            session.rollback();
            return;
        }
        if (entry.effect() == Effect.APPLICATION) {
            reply(session, replies, message, entry, fault);
        }
        before = message.getJMSCorrelationID();
        session.commit();
    }

    private void reply(Session session, MessageProducer replies, Message request, LedgerEntry entry, Fault fault)
            throws JMSException {
        String correlation = request.getJMSCorrelationID();
        String text = ArchiveReply.of(entry, fault);
        if (fault.is(FaultKind.GARBAGE)) {
            replies.send(message(session, correlation, ArchiveReply.poison()));
        }
        if (fault.is(FaultKind.WRONG_CORRELATION)) {
            replies.send(message(session, before, text));
        }
        if (fault.is(FaultKind.DUPLICATE_RESULT)) {
            replies.send(message(session, correlation, text));
        }
        BytesMessage reply = message(session, correlation, text);
        if (fault.is(FaultKind.LATE_RESULT)) {
            reply.setLongProperty(
                    SCHEDULED, System.currentTimeMillis() + fault.length().toMillis());
        }
        replies.send(reply);
    }

    private static BytesMessage message(Session session, String correlation, String text) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        message.setJMSCorrelationID(correlation);
        message.setJMSType("archive-reply");
        return message;
    }

    private static byte[] bytes(Message message) throws JMSException {
        if (message instanceof BytesMessage content) {
            byte[] bytes = new byte[(int) content.getBodyLength()];
            content.readBytes(bytes);
            return bytes;
        }
        return new byte[0];
    }
}
