package org.shuniu.simulator;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SMS gateway's other door, SMPP 3.4: puts parts together, throttles, gives numbers of its own, and reports a little later. It
 * knows no message again, so whatever comes twice is sent twice, and its ledger says so.
 */
final class SmsCentreSimulator implements SmppDoor.Desk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmsCentreSimulator.class);
    private static final long REPORT_MILLIS = 500;
    private static final int TRIES = 10;

    /** What has come of a text, and what goes wrong with it. */
    private static final class Text {
        private final Fault fault;
        private final Map<Integer, String> parts = new TreeMap<>();

        private Text(Fault fault) {
            this.fault = fault;
        }
    }

    private final SecretFiles secrets;
    private final Ledger ledger;
    private final PartnerFaults faults;
    private final Map<String, Text> arriving = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis());
    private final ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "simulator-smpp-reports");
        thread.setDaemon(true);
        return thread;
    });
    private final SmppDoor door;

    SmsCentreSimulator(int port, SecretFiles secrets, Ledger ledger, PartnerFaults faults) {
        this.secrets = secrets;
        this.ledger = ledger;
        this.faults = faults;
        this.door = new SmppDoor(port, this);
    }

    @Override
    public boolean isOpen() {
        return !faults.isDown();
    }

    @Override
    public boolean knows(String password) {
        return secrets.matches("sms-gateway-smpp-password", password);
    }

    @Override
    public String take(SmppDoor.Part part) throws ProcessRequestException {
        String key = part.to() + "/" + part.reference() + "/" + part.parts();
        Text text = arriving.computeIfAbsent(key, first -> new Text(faults.next()));
        if (text.fault.is(FaultKind.FLOW_CONTROL) || text.fault.is(FaultKind.ERROR)) {
            arriving.remove(key);
            throw new ProcessRequestException(
                    "not now",
                    text.fault.is(FaultKind.ERROR)
                            ? SMPPConstant.STAT_ESME_RSYSERR
                            : SMPPConstant.STAT_ESME_RTHROTTLED);
        }
        if (text.fault.is(FaultKind.SLOW)) {
            text.fault.sitOut();
        }
        text.parts.put(part.part(), part.text());
        boolean whole = text.parts.size() == part.parts();
        boolean sameAgain = text.fault.is(FaultKind.DUPLICATE_SERIAL);
        String id = Long.toString(sameAgain ? numbers.get() : numbers.incrementAndGet());
        if (whole) {
            arriving.remove(key);
            sent(id, part.to(), text);
        }
        return id;
    }

    private void sent(String id, String to, Text text) {
        ledger.again(id, SmsGatewaySimulator.caseNo(String.join("", text.parts.values())), Effect.NOTIFICATION, false);
        if (!text.fault.is(FaultKind.CALLBACK_LOST)) {
            later(id, to, TRIES);
        }
        if (text.fault.is(FaultKind.TIMEOUT_AFTER_WORK)) {
            text.fault.sitOut();
        }
    }

    private void later(String id, String to, int tries) {
        if (!reporter.isShutdown()) {
            reporter.schedule(() -> report(id, to, tries), REPORT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void report(String id, String to, int tries) {
        try {
            door.report(id, to, "DELIVRD");
        } catch (NegativeResponseException
                | PDUException
                | InvalidResponseException
                | ResponseTimeoutException
                | IOException untold) {
            if (tries > 1) {
                later(id, to, tries - 1);
            } else {
                LOG.warn("Nobody takes the report of message {}", id);
            }
        }
    }

    @Override
    public void close() {
        reporter.shutdownNow();
        door.close();
    }
}
