package org.shuniu.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Where something listens; another path or another database there may belong to the same system. */
record Machine(String host, int port) {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Map<String, Integer> PORTS =
            Map.of("http", 80, "https", 443, "amqp", 5672, "amqps", 5671, "sftp", 22, "postgresql", 5432);
    private static final String DATABASE = "jdbc:";

    /** @throws Unclear where an address names no one machine */
    static Machine of(URI address) {
        String text = address.toString();
        URI at = text.startsWith(DATABASE) ? URI.create(text.substring(DATABASE.length())) : address;
        String scheme = String.valueOf(at.getScheme()).toLowerCase(Locale.ROOT);
        if (at.getHost() == null || at.getPort() < 1 && !PORTS.containsKey(scheme)) {
            throw new Unclear(
                    "found an address of no one machine, expected one such as https://host, amqp://host:5672, sftp://host:22 or jdbc:postgresql://host:5432/database");
        }
        return new Machine(at.getHost().toLowerCase(Locale.ROOT), at.getPort() > 0 ? at.getPort() : PORTS.get(scheme));
    }

    /** That nobody is there is said once, and not by every trial. */
    void reach() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
        } catch (IOException nobody) {
            throw new IOException(
                    "nobody can be reached at %s within %d s, expected the office's test system"
                            .formatted(this, CONNECT.toSeconds()),
                    nobody);
        }
    }

    @Override
    public String toString() {
        return "%s:%d".formatted(host, port);
    }
}
