package org.shuniu.delivery;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.shuniu.store.Pools;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;

/** Dead Letter Channel: keeps, sealed, what names no delivery of this hub, where operators can see that it came. */
public final class DeadLetters {

    private final Pools.Door door;
    private final Vault vault;

    public DeadLetters(Pools.Door door, Vault vault) {
        this.door = door;
        this.vault = vault;
    }

    /** Called by the dead-letter route; the message leaves the queue only after the commit. */
    public void keep(
            @Header(BrokerMessage.QUEUE) String route, @Header(BrokerMessage.REASON) String reason, @Body Object body) {
        UUID id = TimeOrderedId.next();
        byte[] bytes = body instanceof byte[] binary
                ? binary
                : body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        door.sql()
                .update(
                        "insert into dead_message (id, queue, reason, body, arrived_at) values (?, ?, ?, ?, now())",
                        id,
                        route == null ? "hub.dead" : route,
                        reason == null ? "the broker gave it up" : reason,
                        vault.seal(bytes, "dead_message.body", id));
    }
}
