package org.shuniu.delivery;

import java.util.UUID;

/**
 * An answer that came by itself, after it was read.
 *
 * @param settlement of the delivery that it speaks of, or null
 * @param reason why it speaks of none, or null
 * @param report of a message that no delivery is of, or null
 */
public record ReadAnswer(ReceivedAnswers.Unread answer, Settlement settlement, String reason, Report report) {

    /** @param state in the partner's word, as far as it may be shown */
    public record Report(UUID messageId, String state) {

        public Report {
            state = shown(state);
        }

        /** Letters only: what is shown must not carry a telephone number. */
        static String shown(String state) {
            return state.matches("[A-Za-z_-]{1,20}") ? state : "(withheld)";
        }
    }

    /** One that speaks of a delivery, or of nothing that is known. */
    public ReadAnswer(ReceivedAnswers.Unread answer, Settlement settlement, String reason) {
        this(answer, settlement, reason, null);
    }
}
