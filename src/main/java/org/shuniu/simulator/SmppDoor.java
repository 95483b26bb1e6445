package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;

/** The door of a short-message centre on this machine: SMPP 3.4 for whoever knows the password, texts in UCS-2, reports on demand. */
public final class SmppDoor implements AutoCloseable {
    private static final int LOOK_MILLIS = 200;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int HEADER = 6;
    private static final int REFERENCE = 3;
    private static final int PARTS = 4;
    private static final int PART = 5;
    private static final int BYTE = 0xff;

    /**
     * A short message, or a part of one.
     *
     * @param reference the same for all parts of a text
     * @param part from 1 to {@code parts}
     */
    public record Part(String to, String text, int reference, int part, int parts) {

        static Part of(SubmitSm message) {
            byte[] content = message.getShortMessage();
            boolean several = message.isUdhi();
            int start = several ? HEADER : 0;
            return new Part(
                    message.getDestAddress(),
                    new String(content, start, content.length - start, StandardCharsets.UTF_16BE),
                    several ? content[REFERENCE] & BYTE : 0,
                    several ? content[PART] & BYTE : 1,
                    several ? content[PARTS] & BYTE : 1);
        }
    }

    /** Whoever works behind the door. */
    public interface Desk {

        /** Whether the centre is there at all. */
        boolean isOpen();

        boolean knows(String password);

        /** Takes a part and gives the centre's number for it; the exception carries the status of a refusal. */
        String take(Part part) throws ProcessRequestException;
    }

    private final Desk desk;
    private final SMPPServerSessionListener listener;
    private final Set<SMPPServerSession> sessions = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker = new Thread(this::letIn, "simulator-smpp");

    public SmppDoor(int port, Desk desk) {
        this.desk = desk;
        try {
            listener = new SMPPServerSessionListener(port, new Loopback());
            listener.setTimeout(LOOK_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException("No short-message centre at port " + port, e);
        }
        listener.setMessageReceiverListener(new SubmitListener(desk));
        worker.setDaemon(true);
        worker.start();
    }

    private void letIn() {
        while (closing.getCount() > 0) {
            try {
                if (!desk.isOpen()) {
                    closeSessions();
                }
                admit(listener.accept());
            } catch (SocketTimeoutException nobody) {
                sessions.removeIf(session -> !session.getSessionState().isBound());
            } catch (IOException | TimeoutException | PDUStringException gone) {
                // The next one may be better.
            }
        }
    }

    private void admit(SMPPServerSession coming) throws IOException, TimeoutException, PDUStringException {
        if (!desk.isOpen()) {
            coming.close();
            return;
        }
        BindRequest bind = coming.waitForBind(PATIENCE_MILLIS);
        if (desk.knows(bind.getPassword())) {
            bind.accept("centre", InterfaceVersion.IF_34);
            sessions.add(coming);
        } else {
            bind.reject(SMPPConstant.STAT_ESME_RINVPASWD);
        }
    }

    /**
     * Tells what became of a message.
     *
     * @throws NegativeResponseException when the other side does not take it
     * @throws IOException when nobody is there to be told
     */
    public void report(String id, String to, String state)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        SMPPServerSession session = sessions.stream()
                .filter(one -> one.getSessionState().isBound())
                .findAny()
                .orElseThrow(() -> new IOException("no session"));
        String receipt = "id:%s sub:001 dlvrd:001 submit date:2611241015 done date:2611241016 stat:%s err:000 Text:"
                .formatted(id, state);
        session.deliverShortMessage(
                "",
                TypeOfNumber.NATIONAL,
                NumberingPlanIndicator.ISDN,
                to,
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.ISDN,
                "10690000",
                new ESMClass(MessageMode.DEFAULT, MessageType.SMSC_DEL_RECEIPT, GSMSpecificFeature.DEFAULT),
                (byte) 0,
                (byte) 0,
                new RegisteredDelivery(0),
                DataCodings.ZERO,
                receipt.getBytes(StandardCharsets.US_ASCII));
    }

    private void closeSessions() {
        sessions.forEach(SMPPServerSession::close);
        sessions.clear();
    }

    /** Whoever was let in while it closed is sent away too: a thread that waits for a caller may still get one. */
    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A short-message centre cannot be closed", e);
        }
        Waiting.forEndOf(worker);
        closeSessions();
    }

    /** Only this machine comes in. */
    private static final class Loopback implements ServerConnectionFactory {
        private static final int BACKLOG = 50;

        @Override
        public ServerConnection listen(int port) throws IOException {
            return listen(port, 0, BACKLOG);
        }

        @Override
        public ServerConnection listen(int port, int timeout) throws IOException {
            return listen(port, timeout, BACKLOG);
        }

        @Override
        public ServerConnection listen(int port, int timeout, int backlog) throws IOException {
            ServerSocket socket = new ServerSocket(port, backlog, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(timeout);
            return new ServerSocketConnection(socket);
        }
    }
}
