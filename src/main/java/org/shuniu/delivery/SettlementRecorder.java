package org.shuniu.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.shuniu.mapping.MappingFailed;

/** The last step of every delivery route, and of every failure in one. */
public final class SettlementRecorder {

    private final Settlements settlements;
    private final ReceivedAnswers received;

    public SettlementRecorder(DeliveryEngine engine, ReceivedAnswers received) {
        this.settlements = engine.settlements();
        this.received = received;
    }

    /** Called by the delivery routes. */
    public void record(Settlement settlement) {
        settlements.settle(settlement);
    }

    /** Called by the routes that read answers which came by themselves. */
    public void recordReceived(ReadAnswer read) {
        if (read.settlement() != null) {
            settlements.settle(read.settlement());
        } else if (!received.isOfOwn(read)) {
            received.park(read.answer(), read.reason());
        }
    }

    /** Called by the shared error configuration for a failure after the claim. */
    public void failed(
            @ExchangeProperty(DeliveryComponent.ATTEMPT) Attempt attempt,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        Outcome outcome = failure instanceof MappingFailed untranslatable
                ? new Outcome.Untranslatable(untranslatable.getMessage())
                : new Outcome.Unknown("the hub failed: " + failure.getClass().getSimpleName());
        settlements.settle(Attempts.settled(attempt, outcome));
    }
}
