package org.shuniu.partner;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.shuniu.fault.BlockReader;
import org.springframework.util.unit.DataSize;

/** Reads the key {@code queues} of a partner.yaml, which the protocol {@code amqp} needs. */
final class QueuesBlock {

    private static final String QUEUES = "queues";
    private static final Set<String> KEYS =
            Set.of("url", "username", "password", "requests", "replies", "batch", "largest");
    private static final String EXPECTED_URL = "amqp://host:port or amqps://host:port, without options";
    private static final int BATCH = 50;
    private static final DataSize LARGEST = DataSize.ofMegabytes(8);

    private final BlockReader block;

    QueuesBlock(BlockReader block) {
        this.block = block;
    }

    Optional<Partner.Queues> read(String protocol) {
        if (!protocol.equals("amqp")) {
            if (block.has(QUEUES)) {
                block.fault(QUEUES, "queues of protocol " + protocol, "protocol: amqp");
            }
            return Optional.empty();
        }
        block.requireKeys(QUEUES, KEYS);
        return Optional.of(new Partner.Queues(
                url(),
                block.text(QUEUES, "username"),
                block.secret(QUEUES, "password"),
                block.text(QUEUES, "requests"),
                block.text(QUEUES, "replies"),
                block.number(BATCH, QUEUES, "batch"),
                largest()));
    }

    private URI url() {
        String text = block.text(QUEUES, "url");
        try {
            URI url = URI.create(text);
            if (Set.of("amqp", "amqps").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null
                    && url.getPort() > 0
                    && url.getQuery() == null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, like every other address that can't be used.
        }
        block.fault("queues.url", "no address of a broker", EXPECTED_URL);
        return URI.create("amqp://invalid:1");
    }

    private long largest() {
        if (!block.has(QUEUES, "largest")) {
            return LARGEST.toBytes();
        }
        try {
            return DataSize.parse(block.text(QUEUES, "largest")).toBytes();
        } catch (IllegalArgumentException malformed) {
            block.fault("queues.largest", "no size", "a number with a unit, such as 8MB");
            return LARGEST.toBytes();
        }
    }
}
