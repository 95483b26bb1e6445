package org.shuniu.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.util.InvalidDeliveryReceiptException;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports of delivery: kept before they are acknowledged, under the serial of the message that they speak of.
 *
 * <p>A report names the centre's own number only. Numbers of the last messages are remembered while the process runs; a report
 * of an older one is turned away, which loses news of a message but no message. A number that the centre gave twice names neither:
 * its reports are taken, so that they do not come again, and said of nobody.
 */
final class SmppReports implements MessageReceiverListener {

    private static final int REMEMBERED = 100_000;
    private static final String OF_TWO_MESSAGES = "";

    private final String partner;
    private final Map<String, String> serials = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
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
            serials.merge(id, serial, (first, second) -> OF_TWO_MESSAGES);
        }
    }

    private String serial(String id) {
        synchronized (serials) {
            return serials.get(id);
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
