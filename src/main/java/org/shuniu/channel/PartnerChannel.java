package org.shuniu.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.Partner;

/**
 * All that leads to one partner.
 *
 * @param partner as it was known when this was made
 * @param longest that anything on it may take
 * @param tables result tables that are polled
 * @param files the server with which files are exchanged
 * @param reports who hears what is said within a session of the hub's
 */
record PartnerChannel(
        Partner partner,
        ChannelAdapter adapter,
        Duration longest,
        @Nullable TablePoller tables,
        @Nullable RowReader rows,
        @Nullable FileServer files,
        @Nullable QueuePoller queue,
        @Nullable SmppReports reports) {

    static PartnerChannel of(Partner partner, ChannelAdapter adapter) {
        Duration visit = partner.files().map(FileExchange::deadline).orElse(Duration.ZERO);
        Duration longest = visit.compareTo(partner.deadline()) > 0 ? visit : partner.deadline();
        return new PartnerChannel(partner, adapter, longest, null, null, null, null, null);
    }

    PartnerChannel reading(TablePoller poller, RowReader reader) {
        return new PartnerChannel(partner, adapter, longest, poller, reader, files, queue, reports);
    }

    PartnerChannel reading(FileServer server) {
        return new PartnerChannel(partner, adapter, longest, tables, rows, server, queue, reports);
    }

    PartnerChannel reading(QueuePoller poller) {
        return new PartnerChannel(partner, adapter, longest, tables, rows, files, poller, reports);
    }

    PartnerChannel hearing(SmppReports heard) {
        return new PartnerChannel(partner, adapter, longest, tables, rows, files, queue, heard);
    }

    /** Whether what leads to a partner would lead there in the same way to another: to the same place, by the same account, in the same time. */
    boolean leadsTo(Partner other) {
        return partner.protocol().equals(other.protocol())
                && partner.address().equals(other.address())
                && partner.authentication().equals(other.authentication())
                && partner.operations().equals(other.operations())
                && partner.deadline().equals(other.deadline())
                && partner.delivery().connect().equals(other.delivery().connect());
    }

    void close() {
        if (queue != null) {
            queue.close();
        }
        adapter.close();
        if (files != null) {
            files.close();
        }
    }
}
