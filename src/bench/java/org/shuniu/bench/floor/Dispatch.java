package org.shuniu.bench.floor;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Sends what was committed to the broker, many in one transaction. */
final class Dispatch {

    private static final int GROUP = 200;

    private final BlockingQueue<Parcel> line = new LinkedBlockingQueue<>();
    private final Session session;
    private final MessageProducer producer;

    Dispatch(FloorBroker broker, String queue) throws JMSException {
        Connection connection = broker.connect();
        session = connection.createSession(true, Session.SESSION_TRANSACTED);
        producer = session.createProducer(session.createQueue(queue));
        new Thread(this::run, "dispatch").start();
    }

    void send(List<Parcel> parcels) {
        line.addAll(parcels);
    }

    private void run() {
        List<Parcel> group = new ArrayList<>();
        try {
            while (true) {
                group.add(line.take());
                line.drainTo(group, GROUP - 1);
                for (Parcel parcel : group) {
                    producer.send(FloorBroker.write(session, parcel));
                }
                session.commit();
                group.clear();
            }
        } catch (InterruptedException | JMSException failure) {
            throw new IllegalStateException("The floor's dispatch ended", failure);
        }
    }
}
