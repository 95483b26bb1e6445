package org.shuniu.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFile;
import org.shuniu.store.GroupCommit;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;

/** Claims deliveries before their calls, in groups; a copy that cannot be claimed travels no further. */
public final class Claims implements AutoCloseable {

    /** A message of the broker that names no delivery of this hub. */
    public static final class Undecipherable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undecipherable(String why) {
            super(why, null, false, false);
        }
    }

    /** A copy that is behind the record: a double, a paused partner's, or one of an older broker. */
    public record Dropped(UUID deliveryId) {}

    private record Wanted(UUID deliveryId, int attempt, Duration lease) {}

    private static final int LINE = 2_000;
    private static final int GROUP = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pools.Door door;
    private final DeliveryStore deliveries;
    private final ClaimedRows rows;
    private final PartnerDirectory partners;
    private final DeliveryProperties settings;
    private final Vault vault;
    private final Incarnation incarnation;
    private final UUID owner = UUID.randomUUID();
    private final GroupCommit<Wanted, Boolean> line;

    Claims(
            Pools.Door door,
            PartnerDirectory partners,
            DeliveryProperties settings,
            Vault vault,
            Incarnation incarnation) {
        this.door = door;
        this.deliveries = new DeliveryStore(door.sql());
        this.rows = new ClaimedRows(door.sql());
        this.partners = partners;
        this.settings = settings;
        this.vault = vault;
        this.incarnation = incarnation;
        this.line = new GroupCommit<>("claim-commit", LINE, GROUP, PATIENCE, this::commit);
    }

    /** Called by the delivery routes; returns an {@link Attempt} or {@link Dropped}. */
    public Object claim(
            @Header(BrokerMessage.DELIVERY) String delivery,
            @Header(BrokerMessage.ATTEMPT) Integer attempt,
            @Header(BrokerMessage.RECEIVER) String receiver,
            @Header(BrokerMessage.INCARNATION) String life,
            @Body byte[] sealedBody) {
        UUID id = id(delivery, attempt);
        if (!incarnation.current().toString().equals(life)) {
            return new Dropped(id);
        }
        Duration lease = partners.find(receiver)
                .map(partner -> partner.delivery().deadline().multipliedBy(2).plus(settings.claimMargin()))
                .orElseThrow(() -> new Undecipherable("The message names no partner of this hub"));
        if (!line.commit(new Wanted(id, attempt, lease))) {
            if (deliveries.find(id).isEmpty()) {
                throw new Undecipherable("The message names no delivery of this hub");
            }
            return new Dropped(id);
        }
        return attempt(id, attempt + 1, sealedBody);
    }

    private static UUID id(String delivery, Integer attempt) {
        if (delivery == null || attempt == null) {
            throw new Undecipherable("The message names no delivery or no attempt");
        }
        try {
            return UUID.fromString(delivery);
        } catch (IllegalArgumentException malformed) {
            throw new Undecipherable("The message's delivery id is not a UUID");
        }
    }

    private Attempt attempt(UUID id, int number, byte[] carried) {
        boolean read = carried == null;
        ClaimedRows.Row row = rows.read(id, read);
        CaseFile file = row.file();
        byte[] sealed = read ? row.body() : carried;
        byte[] body = vault.open(sealed, "message.body", row.messageId());
        return new Attempt(
                id,
                row.messageId(),
                row.document(),
                row.receiver(),
                number,
                row.spent(),
                row.askFirst(),
                owner,
                row.acceptedAt(),
                file,
                body);
    }

    /** Rows are touched in the order of their ids, so that two groups never wait for each other in a ring. */
    private List<Boolean> commit(List<Wanted> group) {
        List<Integer> order = IntStream.range(0, group.size())
                .boxed()
                .sorted(Comparator.comparing(i -> group.get(i).deliveryId()))
                .toList();
        Map<Integer, Boolean> claimed = door.transaction()
                .execute(status -> order.stream().collect(Collectors.toMap(Function.identity(), i -> {
                    Wanted wanted = group.get(i);
                    return deliveries.claim(wanted.deliveryId(), wanted.attempt(), owner, wanted.lease());
                })));
        List<Boolean> answers = new ArrayList<>(group.size());
        IntStream.range(0, group.size()).forEach(i -> answers.add(claimed.get(i)));
        return answers;
    }

    @Override
    public void close() {
        line.close();
    }
}
