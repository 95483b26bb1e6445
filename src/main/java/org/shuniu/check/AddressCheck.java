package org.shuniu.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shuniu.fault.Fault;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/** Opens a connection to the address of each partner and closes it: that somebody listens there is all that is seen. */
final class AddressCheck {

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

    private final PartnerDirectory partners;
    private final List<Fault> faults;

    AddressCheck(PartnerDirectory partners, List<Fault> faults) {
        this.partners = partners;
        this.faults = faults;
    }

    void run() {
        partners.all().stream().filter(Partner::connected).forEach(partner -> {
            check(partner, "address", partner.address());
            check(partner, "queues.url", partner.queues().map(Partner.Queues::url));
            check(partner, "exchange.base", partner.exchange().flatMap(profile -> profile.base()));
        });
    }

    private void check(Partner partner, String key, Optional<URI> address) {
        address.flatMap(AddressCheck::away)
                .ifPresent(why -> faults.add(partners.fault(
                        partner.id(),
                        key,
                        why,
                        "a partner that listens there, a network that lets the hub through, or the right address")));
    }

    /** Why nobody can be reached, if so. */
    private static Optional<String> away(URI address) {
        InetSocketAddress at = new InetSocketAddress(
                String.valueOf(address.getHost()),
                address.getPort() > 0 ? address.getPort() : PORTS.getOrDefault(address.getScheme(), 0));
        if (at.isUnresolved()) {
            return Optional.of("no machine is known by the name %s".formatted(at.getHostString()));
        }
        try (Socket socket = new Socket()) {
            socket.connect(at, (int) LONGEST.toMillis());
            return Optional.empty();
        } catch (IOException | IllegalArgumentException nobody) {
            return Optional.of("nobody can be reached at %s:%d within %d s"
                    .formatted(at.getHostString(), at.getPort(), LONGEST.toSeconds()));
        }
    }
}
