package org.shuniu.bench.floor;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.shuniu.bench.load.HttpConnection;
import org.shuniu.bench.subject.RunningSubject;

/**
 * Carries one queue: receives a batch, posts its parcels side by side, commits their answers together, sends what travels
 * on, and ends with one broker transaction.
 */
final class Carrier {

    /** Carriers of one queue; a second one halves the batches and costs more than its waiting saves. */
    static final int CARRIERS = 1;

    private static final int BATCH = 64;
    /** Looks only at what the client holds; receiveNoWait would ask the broker. */
    private static final long MORE_MILLIS = 1;

    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "Authorization", "Bearer bench");

    private final String queue;
    private final FloorBroker broker;
    private final Leg leg;
    private final ExecutorService callers;
    private final ThreadLocal<HttpConnection> connection;

    Carrier(String queue, FloorBroker broker, int partnersPort, Leg leg) {
        this.queue = queue;
        this.broker = broker;
        this.leg = leg;
        this.callers = Executors.newFixedThreadPool(RunningSubject.CALLS / CARRIERS);
        this.connection = ThreadLocal.withInitial(() -> new HttpConnection(partnersPort));
    }

    void start() {
        new Thread(this::run, "carry-" + queue).start();
    }

    private void run() {
        try (Connection jms = broker.connect();
                Session session = jms.createSession(true, Session.SESSION_TRANSACTED)) {
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            MessageProducer producer =
                    leg.next() == null ? null : session.createProducer(session.createQueue(leg.next()));
            while (true) {
                List<Parcel> travelling = leg.settle(call(receive(consumer)));
                for (Parcel parcel : travelling) {
                    producer.send(FloorBroker.write(session, parcel));
                }
                session.commit();
            }
        } catch (JMSException | SQLException | ExecutionException failure) {
            throw new IllegalStateException("The floor's carrier of %s ended".formatted(queue), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Parcel> receive(MessageConsumer consumer) throws JMSException {
        List<Parcel> batch = new ArrayList<>();
        Message message = consumer.receive();
        while (message != null) {
            batch.add(FloorBroker.read((BytesMessage) message));
            message = batch.size() < BATCH ? consumer.receive(MORE_MILLIS) : null;
        }
        return batch;
    }

    private List<Leg.Answered> call(List<Parcel> batch) throws InterruptedException, ExecutionException {
        List<Future<Leg.Answered>> calls = new ArrayList<>(batch.size());
        for (Parcel parcel : batch) {
            calls.add(callers.submit(() -> call(parcel)));
        }
        List<Leg.Answered> answered = new ArrayList<>(batch.size());
        for (Future<Leg.Answered> call : calls) {
            answered.add(call.get());
        }
        return answered;
    }

    private Leg.Answered call(Parcel parcel) {
        try {
            HttpConnection.Answer answer = connection.get().post(leg.path(), HEADERS, leg.request(parcel));
            if (answer.status() != 200) {
                throw new IllegalStateException("A partner answered the floor with HTTP " + answer.status());
            }
            return new Leg.Answered(parcel, answer.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
