package org.shuniu.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.shuniu.partner.Partner;

/** The session with a short-message centre: bound when it is needed, thrown away when it fails. */
final class SmppSessions implements AutoCloseable {

    /** Waiting for whoever binds, reaching the host, binding. */
    private static final int STEPS_OF_BINDING = 3;

    private final URI address;
    private final BindParameter account;
    private final long patience;
    private final long answer;
    private final MessageReceiverListener listener;
    private final ReentrantLock binding = new ReentrantLock();
    private volatile SMPPSession session;

    /** @param answer milliseconds that the centre has for each answer */
    SmppSessions(Partner partner, String user, String password, long answer, MessageReceiverListener listener) {
        this.address = partner.address().orElseThrow();
        this.account = new BindParameter(
                BindType.BIND_TRX,
                user,
                password,
                null,
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                null,
                InterfaceVersion.IF_34);
        this.patience = Math.max(1, partner.delivery().connect().toMillis() / STEPS_OF_BINDING);
        this.answer = answer;
        this.listener = listener;
    }

    SMPPSession bound() throws IOException {
        if (!locked()) {
            throw new IOException("no session in time");
        }
        try {
            if (session == null || !session.getSessionState().isTransmittable()) {
                if (session != null) {
                    session.close();
                }
                session = bind();
            }
            return session;
        } finally {
            binding.unlock();
        }
    }

    private SMPPSession bind() throws IOException {
        SMPPSession fresh = new SMPPSession((host, port) -> {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(host, port), (int) patience);
            return new SocketConnection(socket);
        });
        fresh.setTransactionTimer(answer);
        fresh.setMessageReceiverListener(listener);
        try {
            fresh.connectAndBind(address.getHost(), address.getPort(), account, patience);
            return fresh;
        } catch (IOException refused) {
            fresh.close();
            throw refused;
        }
    }

    private boolean locked() {
        try {
            return binding.tryLock(patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Throws a session that failed away, unless that has happened already: the next one is not to blame. */
    void drop(SMPPSession failed) {
        binding.lock();
        try {
            session = session == failed ? null : session;
        } finally {
            binding.unlock();
        }
        // Without a lock: a centre that hangs lets its goodbye wait too.
        failed.unbindAndClose();
    }

    @Override
    public void close() {
        SMPPSession last = session;
        if (last != null) {
            drop(last);
        }
    }
}
