package org.shuniu.delivery;

/**
 * An answer that came by itself, after it was read.
 *
 * @param settlement of the delivery that it speaks of, or null
 * @param reason why it speaks of none, or null
 */
public record ReadAnswer(ReceivedAnswers.Unread answer, Settlement settlement, String reason) {}
