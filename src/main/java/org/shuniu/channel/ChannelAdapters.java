package org.shuniu.channel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

    private final Secrets secrets;
    private final Gathering gathering;
    private final @Nullable RegionMessages regions;
    private final RetiredChannels retired = new RetiredChannels();
    private volatile Map<String, PartnerChannel> channels;
    private volatile @Nullable RowSink reportSink;

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
        this.secrets = secrets;
        this.gathering = gathering;
        this.regions = regions;
        Map<String, PartnerChannel> all = new HashMap<>();
        partners.all().forEach(partner -> all.put(partner.id(), channel(partner, null)));
        this.channels = Map.copyOf(all);
    }

    /** Channels that are made and carry nothing yet. */
    public final class Next implements AutoCloseable {
        private final Map<String, PartnerChannel> all;
        private boolean taken;

        private Next(Map<String, PartnerChannel> all) {
            this.all = all;
        }

        /**
         * From here on every call goes by them; what is under way ends on the channel that it began on, which is closed after
         * the longest time that a call may take.
         */
        public void take() {
            Map<String, PartnerChannel> before = channels;
            channels = all;
            taken = true;
            before.forEach((id, channel) -> {
                if (all.get(id) != channel) {
                    retired.closeLater(channel);
                }
            });
        }

        /** Closes what was made, where it was not taken. */
        @Override
        public void close() {
            if (!taken) {
                all.forEach((id, channel) -> {
                    if (channels.get(id) != channel) {
                        channel.close();
                    }
                });
                taken = true;
            }
        }
    }

    /**
     * Makes the channels of other partners, and keeps those of whom nothing has changed.
     *
     * @param changed whose channels are made anew
     * @throws IllegalStateException naming the secret that is missing
     * @throws IllegalArgumentException for a partner that no channel of the hub leads to
     */
    public Next next(PartnerDirectory partners, Set<String> changed) {
        Map<String, PartnerChannel> before = channels;
        Map<String, PartnerChannel> all = new HashMap<>();
        try {
            for (Partner partner : partners.all()) {
                PartnerChannel old = before.get(partner.id());
                all.put(partner.id(), old == null || changed.contains(partner.id()) ? channel(partner, old) : old);
            }
        } catch (RuntimeException impossible) {
            new Next(all).close();
            throw impossible;
        }
        return new Next(Map.copyOf(all));
    }

    /** @param before what led to the partner until now, or null */
    private PartnerChannel channel(Partner partner, @Nullable PartnerChannel before) {
        return switch (partner.protocol()) {
            case "rest", "soap" ->
                PartnerChannel.of(partner, byHttp(partner, secrets).orElseThrow());
            case "table" -> table(partner, secrets);
            case "sftp" -> sftp(partner);
            case "amqp" -> amqp(partner, secrets);
            case "smpp" -> smpp(partner, before);
            case "chx" -> PartnerChannel.of(partner, region(partner));
            default ->
                throw new IllegalArgumentException(
                        "Partner %s: no adapter for protocol %s".formatted(partner.id(), partner.protocol()));
        };
    }

    /**
     * The way to a partner that is called by HTTP, for which nothing else of a hub is needed; empty for every other.
     *
     * @throws IllegalStateException naming the secret that is missing
     */
    public static Optional<ChannelAdapter> byHttp(Partner partner, Secrets secrets) {
        return switch (partner.protocol()) {
            case "rest" ->
                Optional.of(new RestAdapter(
                        partner,
                        Credentials.Factory.with(secrets),
                        wrapping(partner, secrets),
                        formEnd(partner, secrets)));
            case "soap" -> Optional.of(new SoapAdapter(partner));
            default -> Optional.empty();
        };
    }

    /**
     * The ways to and from a partner with a front-end database or queues, for which nothing else of a hub is needed; empty for
     * every other.
     *
     * @throws IllegalStateException naming the secret that is missing
     */
    public static Optional<TwoWayChannel> byPolling(Partner partner, Secrets secrets) {
        return switch (partner.protocol()) {
            case "table" -> Optional.of(new TwoWayChannel(table(partner, secrets)));
            case "amqp" -> Optional.of(new TwoWayChannel(amqp(partner, secrets)));
            default -> Optional.empty();
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

    private static PartnerChannel table(Partner partner, Secrets secrets) {
        String password = secrets.require(partner.database().orElseThrow().password());
        FrontDatabase database = new FrontDatabase(partner, password);
        return PartnerChannel.of(partner, new TableAdapter(database))
                .reading(new TablePoller(partner, database), new RowReader(partner, database));
    }

    private PartnerChannel sftp(Partner partner) {
        SftpAdapter adapter = new SftpAdapter(
                partner, gathering.batches(), gathering.times(partner), gathering.calendar(), gathering.clock());
        return PartnerChannel.of(partner, adapter).reading(new FileServer(partner, secrets));
    }

    private static PartnerChannel amqp(Partner partner, Secrets secrets) {
        String password = secrets.require(partner.queues().orElseThrow().password());
        QueueAdapter adapter = new QueueAdapter(partner, new BrokerConnection(partner, password));
        // What is read must not wait for what is sent.
        return PartnerChannel.of(partner, adapter)
                .reading(new QueuePoller(partner, new BrokerConnection(partner, password)));
    }

    /**
     * Reports of what was sent before are still to come: whoever heard them goes on to hear them. A centre may admit one session
     * only, so there is a new one only where another account, place or time asks for it.
     */
    private PartnerChannel smpp(Partner partner, @Nullable PartnerChannel before) {
        if (before != null && before.leadsTo(partner)) {
            return before;
        }
        SmppReports heard =
                before == null || before.reports() == null ? new SmppReports(partner.id()) : before.reports();
        if (reportSink != null) {
            heard.keepIn(reportSink);
        }
        return PartnerChannel.of(partner, new SmppAdapter(partner, secrets, heard))
                .hearing(heard);
    }

    /** Says where reports are kept that partners send within a session of the hub's; until then none is taken. */
    public void keepReports(RowSink sink) {
        reportSink = sink;
        channels.values().stream()
                .map(PartnerChannel::reports)
                .filter(Objects::nonNull)
                .forEach(heard -> heard.keepIn(sink));
    }

    public ChannelAdapter of(String partner) {
        return asNow().apply(partner);
    }

    /** The ways to all partners as they are now, whatever is taken later. */
    public Function<String, ChannelAdapter> asNow() {
        Map<String, PartnerChannel> now = channels;
        return partner -> {
            PartnerChannel channel = now.get(partner);
            if (channel == null) {
                throw new IllegalArgumentException("No channel leads to " + partner);
            }
            return channel.adapter();
        };
    }

    /** Empty for whoever is no partner any more. */
    public Optional<ChannelAdapter> find(String partner) {
        return Optional.ofNullable(channels.get(partner)).map(PartnerChannel::adapter);
    }

    /** The server of a partner with whom files are exchanged. */
    public FileServer files(String partner) {
        return Objects.requireNonNull(channels.get(partner).files());
    }

    /** Reads the result tables of a partner that has some; returns how many rows were kept. */
    public int poll(String partner, RowSink sink) {
        return Objects.requireNonNull(channels.get(partner).tables()).poll(sink);
    }

    /** The tables of a partner that has a front-end database. */
    public RowReader rows(String partner) {
        return Objects.requireNonNull(channels.get(partner).rows());
    }

    /** Reads the reply queue of a partner that has one; returns how many messages were kept. */
    public int receive(String partner, RowSink sink) {
        return Objects.requireNonNull(channels.get(partner).queue()).poll(sink);
    }

    @Override
    public void close() {
        retired.close();
        channels.values().forEach(PartnerChannel::close);
    }
}
