package org.shuniu.delivery;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Message Dispatcher: reads a partner's queue in batches, claims what it has read in one commit and hands it to the
 * performers.
 *
 * <p>The broker's copy is acknowledged once its claim is committed: from then on the database alone knows what is owed,
 * and a copy that came again could claim nothing. While the database is away nothing is read.
 */
final class QueueReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);
    private static final String DEAD = "hub.dead";
    private static final long PATIENCE_MILLIS = 500;
    private static final long REST_MILLIS = 1_000;
    /** Not to wait at all is dearer: the client then asks the broker whether it has any more, and waits for that. */
    private static final long GATHERING_MILLIS = 1;

    private static final long LONGEST_STOP_MILLIS = 5_000;

    private final String queue;
    private final SharedConnection broker;
    private final Claims claims;
    private final BrokerWindow window;
    private final Performers performers;
    private final Thread thread;
    private volatile boolean open = true;

    QueueReader(String queue, SharedConnection broker, Claims claims, BrokerWindow window, Performers performers) {
        this.queue = queue;
        this.broker = broker;
        this.claims = claims;
        this.window = window;
        this.performers = performers;
        this.thread = new Thread(this::run, "read-" + queue);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (open) {
            try {
                readWhileConnected();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (JMSException | RuntimeException | Error failure) {
                rest(failure);
            }
        }
    }

    private void rest(Throwable failure) {
        if (!open) {
            return;
        }
        LOG.warn("{} is not read for a moment: {}", queue, failure.toString());
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            open = false;
        }
    }

    private void readWhileConnected() throws JMSException, InterruptedException {
        try (Session session = broker.session();
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            while (open) {
                int room = performers.room(PATIENCE_MILLIS);
                List<Message> batch = room == 0 || !open ? List.of() : receive(consumer, room);
                if (!batch.isEmpty()) {
                    take(session, batch);
                }
            }
        }
    }

    private static List<Message> receive(MessageConsumer consumer, int most) throws JMSException {
        List<Message> batch = new ArrayList<>();
        Message message = consumer.receive(PATIENCE_MILLIS);
        while (message != null) {
            batch.add(message);
            message = batch.size() < most ? consumer.receive(GATHERING_MILLIS) : null;
        }
        return batch;
    }

    /** What is claimed is handed over even where a neighbour's claim or burial failed; the batch then comes again. */
    private void take(Session session, List<Message> batch) throws JMSException {
        List<CompletableFuture<Claims.Outcome>> claimed = new ArrayList<>();
        for (Message message : batch) {
            claimed.add(claim(message));
        }
        CompletionException failed = null;
        JMSException unburied = null;
        for (int i = 0; i < batch.size(); i++) {
            try {
                follow(session, batch.get(i), claimed.get(i).join());
            } catch (CompletionException failure) {
                failed = failure;
            } catch (JMSException failure) {
                unburied = failure;
            }
        }
        if (failed != null || unburied != null) {
            session.rollback();
        }
        if (unburied != null) {
            throw unburied;
        }
        if (failed != null) {
            throw failed;
        }
        session.commit();
    }

    private CompletableFuture<Claims.Outcome> claim(Message message) throws JMSException {
        try {
            BrokerCopy copy = BrokerCopy.read(message);
            window.left(String.valueOf(copy.receiver()));
            return claims.claim(copy);
        } catch (BrokerCopy.Undecipherable undecipherable) {
            return CompletableFuture.completedFuture(new Claims.Unknown(undecipherable.getMessage()));
        } catch (RuntimeException lineFull) {
            return CompletableFuture.failedFuture(lineFull);
        }
    }

    private void follow(Session session, Message message, Claims.Outcome outcome) throws JMSException {
        if (outcome instanceof Claims.Claimed claimed) {
            performers.take(claimed);
        } else if (outcome instanceof Claims.Unknown unknown) {
            bury(session, message, unknown.why());
        }
    }

    private void bury(Session session, Message message, String reason) throws JMSException {
        BytesMessage dead = session.createBytesMessage();
        dead.writeBytes(BrokerCopy.anyContent(message));
        dead.setStringProperty(BrokerMessage.QUEUE, queue);
        dead.setStringProperty(BrokerMessage.REASON, reason);
        try (MessageProducer producer = session.createProducer(session.createQueue(DEAD))) {
            producer.send(dead);
        }
    }

    /** Nothing is read any more; does not wait for what has been read. */
    void end() {
        open = false;
    }

    /** Nothing is read any more; what has been read is handed over. */
    @Override
    public void close() {
        end();
        try {
            thread.join(LONGEST_STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
