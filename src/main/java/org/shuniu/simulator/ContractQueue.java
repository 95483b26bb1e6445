package org.shuniu.simulator;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLStreamException;

/** Works requests in a queue by a contract. While the office is down nobody takes anything; what is in the queue waits. */
final class ContractQueue implements QueueClerk {

    private final ContractDesk desk;
    private final PartnerFaults faults;

    ContractQueue(ContractDesk desk, PartnerFaults faults) {
        this.desk = desk;
        this.faults = faults;
    }

    @Override
    public boolean isOpen() {
        return !faults.isDown();
    }

    @Override
    public void answer(Session session, MessageProducer replies, Message message) throws JMSException {
        Map<String, String> texts;
        try {
            texts = XmlTexts.of(
                    XmlTexts.hardened().createXMLStreamReader(new ByteArrayInputStream(QueueOffice.bytes(message))));
        } catch (XMLStreamException malformed) {
            // The broker brings it again and buries it after some attempts.
            session.rollback();
            return;
        }
        Optional<String> document = ContractDesk.EFFECTS.keySet().stream()
                .filter(kind -> texts.containsKey(kind + "Request"))
                .findFirst();
        UnaryOperator<String> values = name -> texts.getOrDefault(name, "");
        Fault fault = faults.next();
        Optional<String> wrong = document.isEmpty() ? Optional.of("业务类型无效") : desk.wrong(document.get(), values);
        if (wrong.isPresent()) {
            String request = message.getJMSCorrelationID();
            Map<String, String> said = desk.notUnderstood(request, values.apply("caseNo"), wrong.get());
            reply(session, replies, message, request + "/0", said, fault);
        } else {
            LedgerEntry entry = desk.work(document.get(), values, fault);
            if (fault.is(FaultKind.CRASH_BEFORE_ACK)) {
                session.rollback();
                return;
            }
            if (entry.effect() == Effect.APPLICATION
                    && desk.ledger().find(entry.messageId()).isPresent()) {
                Map<String, String> said = desk.decided(entry, entry.at());
                reply(session, replies, message, entry.messageId() + "/2", said, fault);
            }
        }
        session.commit();
    }

    private static void reply(
            Session session,
            MessageProducer replies,
            Message request,
            String event,
            Map<String, String> said,
            Fault fault)
            throws JMSException {
        said.put("eventId", Fingerprint.of("E-", event, 16));
        BytesMessage reply =
                QueueOffice.reply(session, request.getJMSCorrelationID(), "reply", ContractXml.element("reply", said));
        if (fault.is(FaultKind.LATE_RESULT)) {
            QueueOffice.delay(reply, fault);
        }
        replies.send(reply);
        if (fault.is(FaultKind.DUPLICATE_RESULT)) {
            replies.send(reply);
        }
    }
}
