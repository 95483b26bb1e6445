package org.shuniu.channel;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.InvalidDeliveryReceiptException;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports of delivery: kept before they are acknowledged, under the serial of the message that they speak of.
 *
 * <p>A report names the centre's own number only. Numbers of the last messages are remembered while the process runs; a report
 * of an older one is turned away, which loses news of a message but no message. A centre may begin its numbers anew: one whose
 * message has its last report stands for the next message. A number of two messages that both wait names neither: its reports are
 * taken, so that they do not come again, and said of nobody.
 */
final class SmppReports implements MessageReceiverListener {

    private static final int REMEMBERED = 100_000;
    private static final String OF_TWO_MESSAGES = "";
    private static final Set<DeliveryReceiptState> ON_ITS_WAY =
            EnumSet.of(DeliveryReceiptState.ENROUTE, DeliveryReceiptState.ACCEPTD, DeliveryReceiptState.UNKNOWN);

    /** @param over whether nothing more is to be said of it */
    private record Sent(String serial, boolean over) {}

    private final String partner;
    private final Map<String, Sent> serials = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sent> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile RowSink sink;

    SmppReports(String partner) {
        this.partner = partner;
    }

    void keepIn(RowSink other) {
        sink = other;
    }

    void expect(String id, String serial) {
        synchronized (serials) {
            serials.merge(
                    id,
                    new Sent(serial, false),
                    (first, next) -> first.over() ? next : new Sent(OF_TWO_MESSAGES, false));
        }
    }

    private String serial(String id) {
        synchronized (serials) {
            return Optional.ofNullable(serials.get(id)).map(Sent::serial).orElse(null);
        }
    }

    private void over(String id, String serial) {
        synchronized (serials) {
            serials.computeIfPresent(id, (same, sent) -> sent.serial().equals(serial) ? new Sent(serial, true) : sent);
        }
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm message) throws ProcessRequestException {
        if (!message.isSmscDeliveryReceipt()) {
            // Nobody reads what citizens answer; it is taken so that it does not come again.
            return;
        }
        DeliveryReceipt receipt = receipt(message);
        String serial = serial(receipt.getId());
        RowSink keeper = sink;
        if (serial == null || keeper == null) {
            throw new ProcessRequestException("not yet", SMPPConstant.STAT_ESME_RX_T_APPN);
        }
        if (serial.equals(OF_TWO_MESSAGES)) {
            return;
        }
        ObjectNode report = Json.object().put("serial", serial).put("stat", String.valueOf(receipt.getFinalStatus()));
        byte[] bytes = Json.bytes(report);
        keeper.keep(partner, ReceivedKey.of(bytes), bytes);
        if (!ON_ITS_WAY.contains(receipt.getFinalStatus())) {
            over(receipt.getId(), serial);
        }
    }

    private static DeliveryReceipt receipt(DeliverSm message) throws ProcessRequestException {
        try {
            return message.getShortMessageAsDeliveryReceipt();
        } catch (InvalidDeliveryReceiptException garbled) {
            throw new ProcessRequestException("no receipt", SMPPConstant.STAT_ESME_RX_P_APPN);
        }
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification notification) {
        // Nothing is asked of the hub.
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session source) throws ProcessRequestException {
        throw new ProcessRequestException("no data messages here", SMPPConstant.STAT_ESME_RX_P_APPN);
    }
}
