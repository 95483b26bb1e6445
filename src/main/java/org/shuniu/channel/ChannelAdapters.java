package org.shuniu.channel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.batch.Batches;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.partner.BatchTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;

/** One channel adapter for each partner, chosen by its protocol. */
public final class ChannelAdapters implements AutoCloseable {

    private static final Reply NOT_CONNECTED = new Reply.Unavailable("the partner is not connected", null);

    private final Map<String, ChannelAdapter> adapters = new HashMap<>();
    private final Map<String, TablePoller> pollers = new HashMap<>();
    private final Map<String, RowReader> readers = new HashMap<>();
    private final Map<String, FileServer> servers = new HashMap<>();
    private final Gathering gathering;
    private final @Nullable RegionMessages regions;
    private final Map<String, QueuePoller> queues = new HashMap<>();
    private final List<SmppReports> reports = new ArrayList<>();

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

    /** @param regions what other regions' hubs are sent, or null where the exchange with them is off */
    public ChannelAdapters(
            PartnerDirectory partners, Secrets secrets, Gathering gathering, @Nullable RegionMessages regions) {
        this.gathering = gathering;
        this.regions = regions;
        partners.all().forEach(partner -> adapters.put(partner.id(), adapter(partner, secrets)));
    }

    private ChannelAdapter adapter(Partner partner, Secrets secrets) {
        return switch (partner.protocol()) {
            case "rest" ->
                new RestAdapter(
                        partner,
                        Credentials.Factory.with(secrets),
                        wrapping(partner, secrets),
                        formEnd(partner, secrets));
            case "soap" -> new SoapAdapter(partner);
            case "table" -> table(partner, secrets);
            case "sftp" -> sftp(partner, secrets);
            case "amqp" -> amqp(partner, secrets);
            case "smpp" -> smpp(partner, secrets);
            case "chx" -> region(partner);
            default ->
                throw new IllegalArgumentException(
                        "Partner %s: no adapter for protocol %s".formatted(partner.id(), partner.protocol()));
        };
    }

    private ChannelAdapter region(Partner partner) {
        if (!partner.connected()) {
            return call -> NOT_CONNECTED;
        }
        if (regions == null) {
            throw new IllegalArgumentException(
                    "Partner %s: protocol chx needs shuniu.exchange.enabled: true".formatted(partner.id()));
        }
        return new RegionAdapter(partner, regions);
    }

    private static Wrapping wrapping(Partner partner, Secrets secrets) {
        return partner.authentication() instanceof Partner.Authentication.Signature signature
                ? new SignedWrapping(partner.id(), signature, secrets)
                : new Wrapping.None();
    }

    /** Credentials that travel within the form. */
    private static byte[] formEnd(Partner partner, Secrets secrets) {
        if (!(partner.authentication() instanceof Partner.Authentication.Form form)) {
            return new byte[0];
        }
        String end = "&%s=%s&%s=%s"
                .formatted(
                        form.idField(),
                        URLEncoder.encode(form.id(), StandardCharsets.UTF_8),
                        form.passwordField(),
                        URLEncoder.encode(secrets.require(form.secret()), StandardCharsets.UTF_8));
        return end.getBytes(StandardCharsets.US_ASCII);
    }

    private ChannelAdapter table(Partner partner, Secrets secrets) {
        String password = secrets.require(partner.database().orElseThrow().password());
        FrontDatabase database = new FrontDatabase(partner, password);
        pollers.put(partner.id(), new TablePoller(partner, database));
        readers.put(partner.id(), new RowReader(partner, database));
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

    private ChannelAdapter amqp(Partner partner, Secrets secrets) {
        String password = secrets.require(partner.queues().orElseThrow().password());
        // What is read must not wait for what is sent.
        queues.put(partner.id(), new QueuePoller(partner, new BrokerConnection(partner, password)));
        return new QueueAdapter(partner, new BrokerConnection(partner, password));
    }

    private ChannelAdapter smpp(Partner partner, Secrets secrets) {
        SmppReports heard = new SmppReports(partner.id());
        reports.add(heard);
        return new SmppAdapter(partner, secrets, heard);
    }

    /** Says where reports are kept that partners send within a session of the hub's; until then none is taken. */
    public void keepReports(RowSink sink) {
        reports.forEach(heard -> heard.keepIn(sink));
    }

    public ChannelAdapter of(String partner) {
        return adapters.get(partner);
    }

    /** Empty for whoever is no partner any more. */
    public Optional<ChannelAdapter> find(String partner) {
        return Optional.ofNullable(adapters.get(partner));
    }

    /** Reads the result tables of a partner that has some; returns how many rows were kept. */
    public int poll(String partner, RowSink sink) {
        return pollers.get(partner).poll(sink);
    }

    /** The tables of a partner that has a front-end database. */
    public RowReader rows(String partner) {
        return readers.get(partner);
    }

    /** Reads the reply queue of a partner that has one; returns how many messages were kept. */
    public int receive(String partner, RowSink sink) {
        return queues.get(partner).poll(sink);
    }

    @Override
    public void close() {
        queues.values().forEach(QueuePoller::close);
        adapters.values().forEach(ChannelAdapter::close);
        servers.values().forEach(FileServer::close);
    }
}
