package org.shuniu.simulator;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An office that takes requests from a queue of its own broker by its contract, and puts replies into another. */
final class ContractQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContractQueue.class);
    private static final long LOOK_MILLIS = 100;
    private static final String SCHEDULED = "_AMQ_SCHED_DELIVERY";

    private final ContractDesk desk;
    private final OfficeBroker broker;
    private final PartnerFaults faults;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;

    ContractQueue(ContractDesk desk, OfficeBroker broker, PartnerFaults faults) {
        this.desk = desk;
        this.broker = broker;
        this.faults = faults;
        this.worker = new Thread(this::run, "simulator-" + office());
    }

    private String office() {
        return desk.contract().partner();
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
            } catch (JMSException e) {
                LOG.warn("{} begins anew: {}", office(), e.toString());
            }
        }
    }

    /** While it is down nobody takes anything; what is in the queue waits. */
    private void serve(Session session) throws JMSException {
        MessageConsumer requests = session.createConsumer(session.createQueue(OfficeBroker.requests(office())));
        MessageProducer replies = session.createProducer(session.createQueue(OfficeBroker.replies(office())));
        while (!Waiting.upTo(closing, 1, TimeUnit.MILLISECONDS)) {
            Message message = faults.isDown() ? null : requests.receive(LOOK_MILLIS);
            if (message != null) {
                answer(session, replies, message);
            }
        }
    }

    private void answer(Session session, MessageProducer replies, Message message) throws JMSException {
        Map<String, String> texts;
        try {
            texts = XmlTexts.of(XmlTexts.hardened().createXMLStreamReader(new ByteArrayInputStream(bytes(message))));
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
        if (document.isEmpty() || desk.wrong(document.get(), values).isPresent()) {
            String why = document.flatMap(kind -> desk.wrong(kind, values)).orElse("业务类型无效");
            reply(session, replies, message, notUnderstood(message, values.apply("caseNo"), why), fault);
        } else {
            LedgerEntry entry = desk.work(document.get(), values, fault);
            if (fault.is(FaultKind.CRASH_BEFORE_ACK)) {
                session.rollback();
                return;
            }
            if (entry.effect() == Effect.APPLICATION
                    && desk.ledger().find(entry.messageId()).isPresent()) {
                reply(session, replies, message, decided(entry), fault);
            }
        }
        session.commit();
    }

    private void reply(Session session, MessageProducer replies, Message request, Map<String, String> said, Fault fault)
            throws JMSException {
        BytesMessage reply = session.createBytesMessage();
        reply.writeBytes(ContractXml.element("reply", said).getBytes(StandardCharsets.UTF_8));
        reply.setJMSCorrelationID(request.getJMSCorrelationID());
        reply.setJMSType("reply");
        if (fault.is(FaultKind.LATE_RESULT)) {
            reply.setLongProperty(
                    SCHEDULED, System.currentTimeMillis() + fault.length().toMillis());
        }
        replies.send(reply);
        if (fault.is(FaultKind.DUPLICATE_RESULT)) {
            replies.send(reply);
        }
    }

    private static Map<String, String> notUnderstood(Message request, String caseNo, String why) throws JMSException {
        return Map.of(
                "eventId",
                Fingerprint.of("E-", request.getJMSCorrelationID() + "/0", 16),
                "caseNo",
                caseNo,
                "state",
                "INVALID",
                "stateTime",
                CityTime.now().format(CityTime.SPACED),
                "text",
                why);
    }

    private Map<String, String> decided(LedgerEntry entry) {
        Map<String, String> said = new TreeMap<>(Map.of(
                "eventId", Fingerprint.of("E-", entry.messageId() + "/2", 16),
                "requestNo", entry.messageId(),
                "caseNo", entry.caseNo(),
                "state", entry.refused() ? "REFUSED" : "DONE",
                "stateTime", entry.at().format(CityTime.SPACED),
                "handler", "经办一",
                "text", ContractDesk.opinion(entry),
                "officeNo", desk.officeNo(entry)));
        desk.certificateNo(entry).ifPresent(number -> {
            said.put("certificateName", "办理结果通知书");
            said.put("certificateNo", number);
        });
        return said;
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
