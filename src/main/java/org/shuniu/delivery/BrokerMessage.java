package org.shuniu.delivery;

/** The few properties a delivery carries through the broker. */
final class BrokerMessage {

    static final String DELIVERY = "ShuniuDelivery";
    static final String ATTEMPT = "ShuniuAttempt";
    static final String RECEIVER = "ShuniuReceiver";
    static final String INCARNATION = "ShuniuIncarnation";

    static final String QUEUE = "ShuniuQueue";
    static final String REASON = "ShuniuReason";

    private BrokerMessage() {}
}
