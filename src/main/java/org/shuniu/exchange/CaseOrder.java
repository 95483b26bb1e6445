package org.shuniu.exchange;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.ExchangeProfile;

/**
 * The order of one case's messages ({@code chxseq}): which number may follow those that were accepted. A number is one message's
 * for ever, and nothing that comes late takes the place of something newer.
 */
final class CaseOrder {

    private CaseOrder() {}

    /**
     * What speaks against a numbered message.
     *
     * @param returns whether it tells what became of a case: such a one is kept as evidence however late it comes
     * @param last the highest number that was accepted
     * @param taken whether its own number was; asked only where that may be
     */
    static Optional<SubmissionRefused> refusal(
            ExchangeProfile.Order order, boolean returns, long seq, long last, BooleanSupplier taken) {
        if (seq > last) {
            return order == ExchangeProfile.Order.STRICT ? early(seq, last) : Optional.empty();
        }
        if (returns && !taken.getAsBoolean()) {
            return Optional.empty();
        }
        return Optional.of(SubmissionRefused.of(
                "sequence-passed",
                422,
                "Another message of the case was accepted under this chxseq or a later one; the next is %d"
                        .formatted(last + 1)));
    }

    /** What speaks against a message before which others are missing. */
    static Optional<SubmissionRefused> early(long seq, long last) {
        return seq > last + 1 ? Optional.of(gap("the next is %d".formatted(last + 1))) : Optional.empty();
    }

    static SubmissionRefused gap(String why) {
        return SubmissionRefused.of("gap", 409, "Send the earlier messages of the case first: " + why);
    }
}
