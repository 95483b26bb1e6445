package org.shuniu.channel;

import java.util.HashMap;
import java.util.Map;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;

/** One channel adapter for each partner, chosen by its protocol. */
public final class ChannelAdapters implements AutoCloseable {

    private final Map<String, ChannelAdapter> adapters = new HashMap<>();
    private final Map<String, TablePoller> pollers = new HashMap<>();

    public ChannelAdapters(PartnerDirectory partners, Secrets secrets) {
        partners.all().forEach(partner -> adapters.put(partner.id(), adapter(partner, secrets)));
    }

    private ChannelAdapter adapter(Partner partner, Secrets secrets) {
        return switch (partner.protocol()) {
            case "rest" -> new RestAdapter(partner, Credentials.Factory.with(secrets), wrapping(partner, secrets));
            case "soap" -> new SoapAdapter(partner);
            case "table" -> table(partner, secrets);
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
    }
}
