package org.shuniu.channel;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.shuniu.batch.Batches;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.partner.BatchTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;

/** One channel adapter for each partner, chosen by its protocol. */
public final class ChannelAdapters implements AutoCloseable {

    private final Map<String, ChannelAdapter> adapters = new HashMap<>();
    private final Map<String, TablePoller> pollers = new HashMap<>();
    private final Map<String, FileServer> servers = new HashMap<>();
    private final Gathering gathering;

    /**
     * What partners who get batches need.
     *
     * @param keepTimes whether batches wait for their times; otherwise each look sends what waits
     */
    public record Gathering(Batches batches, WorkingCalendar calendar, Clock clock, boolean keepTimes) {

        /** When this partner's batches are sent. */
        public BatchTimes times(Partner partner) {
            return keepTimes ? partner.files().orElseThrow().send().times() : BatchTimes.always();
        }
    }

    public ChannelAdapters(PartnerDirectory partners, Secrets secrets, Gathering gathering) {
        this.gathering = gathering;
        partners.all().forEach(partner -> adapters.put(partner.id(), adapter(partner, secrets)));
    }

    private ChannelAdapter adapter(Partner partner, Secrets secrets) {
        return switch (partner.protocol()) {
            case "rest" -> new RestAdapter(partner, Credentials.Factory.with(secrets), wrapping(partner, secrets));
            case "soap" -> new SoapAdapter(partner);
            case "table" -> table(partner, secrets);
            case "sftp" -> sftp(partner, secrets);
            default ->
                throw new IllegalArgumentException(
                        "Partner %s: no adapter for protocol %s".formatted(partner.id(), partner.protocol()));
        };
    }

    private static Wrapping wrapping(Partner partner, Secrets secrets) {
        return partner.authentication() instanceof Partner.Authentication.Signature signature
                ? new SignedWrapping(partner.id(), signature, secrets)
                : new Wrapping.None();
    }

    private ChannelAdapter table(Partner partner, Secrets secrets) {
        String password = secrets.require(partner.database().orElseThrow().password());
        FrontDatabase database = new FrontDatabase(partner, password);
        pollers.put(partner.id(), new TablePoller(partner, database));
        return new TableAdapter(database);
    }

    private ChannelAdapter sftp(Partner partner, Secrets secrets) {
        servers.put(partner.id(), new FileServer(partner, secrets));
        return new SftpAdapter(
                partner, gathering.batches(), gathering.times(partner), gathering.calendar(), gathering.clock());
    }

    /** The server of a partner with whom files are exchanged. */
    public FileServer files(String partner) {
        return servers.get(partner);
    }

    public ChannelAdapter of(String partner) {
        return adapters.get(partner);
    }

    /** Reads the result tables of a partner that has some; returns how many rows were kept. */
    public int poll(String partner, RowSink sink) {
        return pollers.get(partner).poll(sink);
    }

    @Override
    public void close() {
        adapters.values().forEach(ChannelAdapter::close);
        servers.values().forEach(FileServer::close);
    }
}
