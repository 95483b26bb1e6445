package org.shuniu.swap;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.access.AccessTokens;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.controlbus.DeliveryMetrics;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.translator.Translating;
import org.shuniu.translator.Translators;
import org.shuniu.versions.PastVersions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process goes by, and how it comes to go by something else. */
final class RunningConfiguration {

    /** Everything in a hub that goes by what stands in files. */
    record Parts(
            Catalogue catalogue,
            Mappings mappings,
            PartnerDirectory partners,
            DocumentSchemas schemas,
            ChannelAdapters channels,
            AccessTokens tokens,
            Translators translators,
            PastVersions past,
            DeliveryMetrics metrics,
            DeliveryEngine engine) {}

    /**
     * A version that only waits to be taken up; nothing of what was made for it is used before.
     *
     * @param partners changed or new, whose channels are new too
     */
    record Prepared(Loaded next, RoutePlan plan, Set<String> partners, ChannelAdapters.Next channels, Runnable tokens)
            implements AutoCloseable {

        /** Closes what was made for it, where it was not taken up. */
        @Override
        public void close() {
            channels.close();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RunningConfiguration.class);

    private final Parts parts;
    private final RouteExchange routes;
    private final ToLongFunction<String> open;
    private volatile Loaded current;
    private volatile @Nullable String broken;

    /**
     * Goes by what the hub was started with.
     *
     * @param open how many deliveries of a partner are not over
     * @param current what the hub was started with
     */
    RunningConfiguration(Parts parts, RouteExchange routes, ToLongFunction<String> open, Loaded current) {
        this.parts = parts;
        this.routes = routes;
        this.open = open;
        this.current = current;
    }

    /** What a hub was started with that has read these files. */
    static Loaded asStarted(Parts parts, ConfigurationFiles files, Path folder) {
        return new Loaded(
                files,
                folder,
                parts.catalogue().asNow(),
                parts.mappings().asNow(),
                parts.partners().asNow(),
                parts.schemas().asNow());
    }

    Loaded current() {
        return current;
    }

    /**
     * Makes what a version needs.
     *
     * @throws IllegalStateException naming a secret that is missing, or that is another's too
     */
    Prepared prepare(Loaded next) {
        Set<String> changed = changedPartners(next.files().changes(current.files()));
        ChannelAdapters.Next channels = parts.channels().next(next.partners(), changed);
        try {
            Runnable tokens = parts.tokens().next(next.partners());
            RoutePlan plan = RoutePlan.between(current.files(), next.files());
            parts.past().keep(Loaded.mappings(next.folder()), next.mappings(), next.catalogue());
            return new Prepared(next, plan, changed, channels, tokens);
        } catch (RuntimeException impossible) {
            channels.close();
            throw impossible;
        }
    }

    private static Set<String> changedPartners(Map<String, Change> changes) {
        return changes.keySet().stream()
                .filter(name -> name.matches("routes/[^/]+/partner\\.yaml"))
                .map(name -> name.split("/")[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Goes by another version from here on. Where that fails, the hub goes by the old one again, and the failure is thrown.
     *
     * @param prepared is closed
     */
    void takeUp(Prepared prepared) throws Exception {
        Loaded before = current;
        try (prepared) {
            goOn(prepared);
        } catch (Exception failure) {
            LOG.error(
                    "Version {} of the configuration cannot be taken up, {} comes back",
                    prepared.next().files().version(),
                    before.files().version(),
                    failure);
            comeBack(before, prepared, failure);
            throw failure;
        }
    }

    /** Why it goes by no version as a whole any more, until it is started anew. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    private void comeBack(Loaded before, Prepared from, Exception failure) {
        try (Prepared back = new Prepared(
                before,
                RoutePlan.between(from.next().files(), before.files()),
                from.partners(),
                parts.channels().next(before.partners(), from.partners()),
                parts.tokens().next(before.partners()))) {
            goOn(back);
        } catch (Exception second) {
            failure.addSuppressed(second);
            broken = "This process is between versions %s and %s: start it anew"
                    .formatted(before.files().version(), from.next().files().version());
            LOG.error(broken, second);
        }
    }

    private void goOn(Prepared prepared) throws Exception {
        routes.begin(prepared.plan());
        routes.between(() -> become(prepared));
        routes.finish(prepared.plan(), prepared.next().folder());
        parts.engine().wake();
    }

    /** Nothing comes in at this moment; what did since the check would be nobody's. */
    private void requireNothingOpen(Loaded next) {
        Set<String> gone = new TreeSet<>(current.partners().ids());
        gone.removeAll(next.partners().ids());
        for (String id : gone) {
            long left = open.applyAsLong(id);
            if (left > 0) {
                throw new IllegalStateException(
                        "%s is gone, and %d deliveries or answers of it have come meanwhile; expected its items given to another first"
                                .formatted(id, left));
            }
        }
    }

    private void become(Prepared prepared) {
        Loaded next = prepared.next();
        requireNothingOpen(next);
        parts.catalogue().follow(next.catalogue());
        parts.mappings().follow(next.mappings());
        parts.partners().follow(next.partners());
        parts.schemas().follow(next.schemas());
        parts.past().follow(Loaded.mappings(next.folder()));
        prepared.channels().take();
        prepared.tokens().run();
        parts.translators()
                .follow(new Translating(
                        next.mappings(),
                        next.catalogue(),
                        next.partners(),
                        next.schemas(),
                        parts.channels().asNow()));
        parts.metrics().show(next.partners().ids());
        current = next;
    }
}
