package org.shuniu.reconciliation;

import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Counting;
import org.shuniu.partner.Partner;

/** Reads the count from a table of the partner's front-end database, a row for each effect. */
final class RowCount implements Count {

    private final ChannelAdapters adapters;
    private final Tally tally;

    RowCount(ChannelAdapters adapters, Mappings mappings) {
        this.adapters = adapters;
        this.tally = new Tally(mappings);
    }

    @Override
    public void read(Partner partner, Period period, Sink sink) throws CountFailed {
        Counting.Rows table = partner.counting().orElseThrow().rows().orElseThrow();
        try {
            adapters.rows(partner.id())
                    .<CountFailed>read(table, period.from(), period.until(), rows -> take(partner, rows, sink));
        } catch (SQLException away) {
            throw new CountFailed("the front-end database cannot be read (SQLSTATE %s)".formatted(away.getSQLState()));
        }
    }

    private void take(Partner partner, List<byte[]> rows, Sink sink) throws CountFailed {
        List<Entry> entries = new ArrayList<>();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (byte[] row : rows) {
            entries.addAll(tally.read(partner, row, "application/json", 200).entries());
            raw.writeBytes(row);
        }
        sink.take(entries, raw.toByteArray());
    }
}
