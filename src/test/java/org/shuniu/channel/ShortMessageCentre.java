package org.shuniu.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.shuniu.packaged.Workplace;

/** A short-message centre on a free port: takes what is sent in UCS-2, puts parts together, and reports when it is told to. */
final class ShortMessageCentre implements ServerMessageReceiverListener, AutoCloseable {

    static final String PASSWORD = "the-pass";

    final List<String> parts = new CopyOnWriteArrayList<>();
    final AtomicInteger throttled = new AtomicInteger();
    volatile boolean silent;

    private static final int HEADER = 6;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final int port = Workplace.freePort();
    private final SMPPServerSessionListener listener;
    private final Thread door;
    private volatile SMPPServerSession session;

    ShortMessageCentre() throws IOException {
        listener = new SMPPServerSessionListener(port);
        listener.setMessageReceiverListener(this);
        door = new Thread(this::letIn, "short-message-centre");
        door.setDaemon(true);
        door.start();
    }

    int port() {
        return port;
    }

    private void letIn() {
        while (closing.getCount() > 0) {
            try {
                SMPPServerSession coming = listener.accept();
                BindRequest bind = coming.waitForBind(5_000);
                if (bind.getPassword().equals(PASSWORD)) {
                    session = coming;
                    bind.accept("centre", InterfaceVersion.IF_34);
                } else {
                    bind.reject(SMPPConstant.STAT_ESME_RINVPASWD);
                }
            } catch (IOException | TimeoutException | PDUStringException gone) {
                // The next one may be better.
            }
        }
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession from) throws ProcessRequestException {
        if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ProcessRequestException("throttled", SMPPConstant.STAT_ESME_RTHROTTLED);
        }
        byte[] content = message.getShortMessage();
        int start = message.isUdhi() ? HEADER : 0;
        parts.add(new String(content, start, content.length - start, StandardCharsets.UTF_16BE));
        if (silent) {
            await();
        }
        try {
            return new SubmitSmResult(new MessageId("ID" + parts.size()), new OptionalParameter[0]);
        } catch (PDUStringException impossible) {
            throw new ProcessRequestException("no id", SMPPConstant.STAT_ESME_RSYSERR);
        }
    }

    private void await() {
        try {
            closing.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells what became of a message. */
    void report(String id, String state) throws Exception {
        String receipt = "id:%s sub:001 dlvrd:001 submit date:2611241015 done date:2611241016 stat:%s err:000 Text:"
                .formatted(id, state);
        session.deliverShortMessage(
                "",
                TypeOfNumber.NATIONAL,
                NumberingPlanIndicator.ISDN,
                "13900000000",
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

    /** Whoever was let in while it closed is sent away too: a thread that waits for a caller may still get one. */
    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        try {
            door.join();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        if (session != null) {
            session.close();
        }
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession from)
            throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession from) throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm message, SMPPServerSession from) throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public void onAcceptCancelSm(CancelSm message, SMPPServerSession from) throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession from)
            throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm message, SMPPServerSession from)
            throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm message, SMPPServerSession from)
            throws ProcessRequestException {
        throw unknown();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session from) throws ProcessRequestException {
        throw unknown();
    }

    private static ProcessRequestException unknown() {
        return new ProcessRequestException("not here", SMPPConstant.STAT_ESME_RINVCMDID);
    }
}
