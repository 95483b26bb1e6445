package org.shuniu.rehearsal;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.MappingsRefused;
import org.shuniu.store.Pools;
import org.shuniu.store.RepeatedLook;
import org.shuniu.translator.WireTap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Runs, in every process of the hub, the candidates that are rehearsed beside the mappings in force. */
final class Rehearser implements WireTap, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearser.class);

    private static final Duration FORGETS_EVERY = Duration.ofHours(1);

    private final RehearsalStore store;
    private final Mappings mappings;
    private final DocumentSchemas schemas;
    private final Path folder;
    private final RehearsalProperties settings;
    private final RepeatedLook looks;
    private final Map<String, Rehearsing> byPartner = new ConcurrentHashMap<>();
    private final Map<UUID, String> running = new ConcurrentHashMap<>();
    private final Set<UUID> unfit = new HashSet<>();
    private Instant forgets = Instant.EPOCH;

    /**
     * @param door which no message needs
     * @param folder of the mappings, where the canonical schemas are
     */
    Rehearser(Pools.Door door, Mappings mappings, DocumentSchemas schemas, Path folder, RehearsalProperties settings) {
        this.store = new RehearsalStore(door);
        this.mappings = mappings;
        this.schemas = schemas;
        this.folder = folder;
        this.settings = settings;
        this.looks = new RepeatedLook("rehearser", settings::every, this::look);
    }

    @Override
    public void written(Outgoing outgoing) {
        Rehearsing rehearsing = byPartner.get(outgoing.partner());
        if (rehearsing != null) {
            rehearsing.offer(
                    new OutgoingDocument(
                            outgoing.partner(),
                            outgoing.operation(),
                            outgoing.message().toString(),
                            outgoing.item(),
                            outgoing.source(),
                            outgoing.days()),
                    outgoing.size());
        }
    }

    @Override
    public void read(Incoming incoming) {
        Rehearsing rehearsing = byPartner.get(incoming.partner());
        if (rehearsing != null) {
            rehearsing.offer(
                    new IncomingAnswer(
                            incoming.partner(),
                            incoming.mapping(),
                            incoming.message().toString(),
                            incoming.body(),
                            incoming.mediaType(),
                            incoming.context(),
                            incoming.days(),
                            schemas),
                    incoming.body().length);
        }
    }

    /** Asks for a look at once. */
    void wake() {
        looks.wake();
    }

    private void look() {
        Map<UUID, String> wanted = store.running();
        running.forEach((id, partner) -> {
            if (!wanted.containsKey(id)) {
                running.remove(id);
                byPartner.remove(partner).end();
            }
        });
        wanted.forEach((id, partner) -> {
            if (!running.containsKey(id) && !unfit.contains(id)) {
                begin(id, partner);
            }
        });
        unfit.retainAll(wanted.keySet());
        addSums();
        forget();
    }

    private void forget() {
        if (Instant.now().isBefore(forgets)) {
            return;
        }
        forgets = Instant.now().plus(FORGETS_EVERY);
        int forgotten = store.forget(settings.keep());
        if (forgotten > 0) {
            LOG.info(
                    "Forgot {} findings of rehearsals that ended more than {} days ago",
                    forgotten,
                    settings.keep().toDays());
        }
    }

    private void begin(UUID id, String partner) {
        try {
            Rivals rivals = new Rivals(partner, mappings, store.files(id).read(partner, folder), schemas);
            Rehearsing rehearsing = new Rehearsing(
                    id, partner, rivals, settings.room(), settings.largest().toBytes());
            rehearsing.start();
            running.put(id, partner);
            byPartner.put(partner, rehearsing);
        } catch (MappingsRefused | MappingFailed | UncheckedIOException refused) {
            unfit.add(id);
            LOG.warn("Rehearsal {} of {} does not run in this process: {}", id, partner, refused.getMessage());
        }
    }

    private void addSums() {
        running.forEach((id, partner) -> {
            Rehearsing rehearsing = byPartner.get(partner);
            Findings findings = rehearsing.take();
            if (findings.isEmpty()) {
                return;
            }
            try {
                store.add(id, findings);
            } catch (DataAccessException | TransactionException away) {
                rehearsing.lost(findings);
                throw away;
            }
        });
    }

    @Override
    public void start() {
        looks.start();
    }

    /** What a candidate works at is not waited for. */
    @Override
    public void stop() {
        boolean stopped = looks.stop(settings.every().plusSeconds(1));
        try {
            if (stopped) {
                addSums();
            }
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("The last sums of this process's rehearsals are lost: the database is away");
        } finally {
            byPartner.values().forEach(Rehearsing::end);
            byPartner.clear();
            running.clear();
        }
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }
}
