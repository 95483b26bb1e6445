package org.shuniu.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        partners.all().stream()
                .filter(Partner::connected)
                .forEach(partner -> partner.address()
                        .filter(address -> !isReached(address))
                        .ifPresent(address -> faults.add(partners.fault(
                                partner.id(),
                                "address",
                                "nobody can be reached at %s within %d s"
                                        .formatted(authority(address), LONGEST.toSeconds()),
                                "a partner that listens there, and a network that lets the hub through"))));
    }

    private static String authority(URI address) {
        return "%s:%d".formatted(address.getHost(), port(address));
    }

    private static int port(URI address) {
        return address.getPort() > 0 ? address.getPort() : PORTS.getOrDefault(address.getScheme(), 0);
    }

    private static boolean isReached(URI address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port(address)), (int) LONGEST.toMillis());
            return true;
        } catch (IOException | IllegalArgumentException away) {
            return false;
        }
    }
}
