package org.shuniu.delivery;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A delivery as the broker holds it.
 *
 * @param incarnation the life of the database that sent it
 * @param attempt how many attempts had begun when it was sent
 * @param body sealed, or null when it is to be read with the claim
 */
record BrokerCopy(UUID deliveryId, String receiver, String incarnation, int attempt, byte[] body) {

    /** Names no delivery of this hub, or is no kind of message that the hub sends. */
    static final class Undecipherable extends Exception {
        private static final long serialVersionUID = 1L;

        Undecipherable(String why) {
            super(why, null, false, false);
        }
    }

    static BrokerCopy read(Message message) throws JMSException, Undecipherable {
        String delivery = message.getStringProperty(BrokerMessage.DELIVERY);
        if (delivery == null || !message.propertyExists(BrokerMessage.ATTEMPT)) {
            throw new Undecipherable("The message names no delivery or no attempt");
        }
        try {
            return new BrokerCopy(
                    UUID.fromString(delivery),
                    message.getStringProperty(BrokerMessage.RECEIVER),
                    message.getStringProperty(BrokerMessage.INCARNATION),
                    message.getIntProperty(BrokerMessage.ATTEMPT),
                    message instanceof BytesMessage bytes ? content(bytes) : null);
        } catch (IllegalArgumentException malformed) {
            throw new Undecipherable("The message's delivery id or attempt number is malformed");
        }
    }

    /** The bytes of a message of whatever kind, for a person to look at. */
    static byte[] anyContent(Message message) throws JMSException {
        if (message instanceof BytesMessage bytes) {
            return content(bytes);
        }
        return message instanceof TextMessage text && text.getText() != null
                ? text.getText().getBytes(StandardCharsets.UTF_8)
                : new byte[0];
    }

    private static byte[] content(BytesMessage message) throws JMSException {
        byte[] content = new byte[Math.toIntExact(message.getBodyLength())];
        message.reset();
        message.readBytes(content);
        return content;
    }
}
