package org.shuniu.simulator;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import javax.xml.stream.XMLStreamException;

/**
 * The archives: take requests from a queue of their own broker, look in the stacks, and put a reply into another queue. They
 * know a request by its id, whatever the queue brings twice.
 */
final class ArchivesSimulator implements QueueClerk, AutoCloseable {
    private final OfficeBroker broker;
    private final Ledger ledger;
    private final PartnerFaults faults;
    private final QueueOffice office;
    private String before = "ID:of-another-request";
    private boolean shut;

    ArchivesSimulator(OfficeBroker broker, Ledger ledger, PartnerFaults faults) {
        this.broker = broker;
        this.ledger = ledger;
        this.faults = faults;
        this.office = new QueueOffice(Partner.ARCHIVES, broker, this);
    }

    void start() {
        office.start();
    }

    @Override
    public void close() {
        office.close();
        broker.close();
    }

    @Override
    public boolean isOpen() throws Exception {
        door(faults.isDown());
        return !shut;
    }

    private void door(boolean down) throws Exception {
        if (down && !shut) {
            broker.shut();
        } else if (!down && shut) {
            broker.open();
        }
        shut = down;
    }

    @Override
    public void answer(Session session, MessageProducer replies, Message message) throws JMSException {
        ArchiveRequest request;
        try {
            request = ArchiveRequest.read(QueueOffice.bytes(message));
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
            replies.send(reply(session, correlation, ArchiveReply.poison()));
        }
        if (fault.is(FaultKind.WRONG_CORRELATION)) {
            replies.send(reply(session, before, text));
        }
        if (fault.is(FaultKind.DUPLICATE_RESULT)) {
            replies.send(reply(session, correlation, text));
        }
        BytesMessage reply = reply(session, correlation, text);
        if (fault.is(FaultKind.LATE_RESULT)) {
            QueueOffice.delay(reply, fault);
        }
        replies.send(reply);
    }

    private static BytesMessage reply(Session session, String correlation, String text) throws JMSException {
        return QueueOffice.reply(session, correlation, "archive-reply", text);
    }
}
