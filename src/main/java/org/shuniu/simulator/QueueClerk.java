package org.shuniu.simulator;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

/** Whoever works the messages of an office's queue. */
interface QueueClerk {

    /** Whether the next message is taken. */
    boolean isOpen() throws Exception;

    /** Works a message, and ends the session's transaction. */
    void answer(Session session, MessageProducer replies, Message message) throws JMSException;
}
