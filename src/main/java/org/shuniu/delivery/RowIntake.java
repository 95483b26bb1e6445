package org.shuniu.delivery;

import org.shuniu.channel.ChannelAdapters;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the front-end databases of departments that answer by rows.
 *
 * <p>Two processes could do so at once: a row is kept once, and marked only as it was read. They would only be in each other's way.
 */
public final class RowIntake implements AutoCloseable {

    private final ChannelAdapters adapters;
    private final PartnerDirectory partners;
    private final ReceivedAnswers received;
    private final Visits visits;

    public RowIntake(
            ChannelAdapters adapters,
            PartnerDirectory partners,
            ReceivedAnswers received,
            JdbcTemplate sql,
            boolean alone) {
        this.adapters = adapters;
        this.partners = partners;
        this.received = received;
        this.visits = new Visits(sql, "rows", alone);
    }

    /** Called by the polling routes. */
    public void poll(String partner) {
        visits.begin(partner, partners.partner(partner).deadline()).ifPresent(epoch -> pollNow(partner));
    }

    private void pollNow(String partner) {
        adapters.poll(partner, (from, key, row) -> received.keep(from, "row", key, "application/json", row));
    }

    @Override
    public void close() {
        visits.close();
    }
}
