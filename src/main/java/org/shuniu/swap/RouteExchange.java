package org.shuniu.swap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.shuniu.gateway.GatewayComponent;

/**
 * Changes routes of a running context one after the other. A route takes nothing new while what it has begun comes to its end;
 * then the new one takes its place, and what waited in its queue goes on. Nothing else stops. Where a route begins at a gateway,
 * callers wait for the moment that it takes.
 */
final class RouteExchange {

    /** For what a route has begun: longer than a delivery route itself gives its calls, and over as soon as they are. */
    private static final Duration DRAIN = Duration.ofMinutes(15);

    /** For what is on its way from a gateway when a route is to be exchanged there; what comes meanwhile waits as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Set<String> ENTRIES = Set.of("gateway", "direct");
    private static final int TRIES = 10;

    private final CamelContext camel;
    private final GatewayComponent gateway;

    RouteExchange(CamelContext camel, GatewayComponent gateway) {
        this.camel = camel;
        this.gateway = gateway;
    }

    /** What ends before partners and mappings become others. */
    void begin(RoutePlan plan) throws Exception {
        take(plan.first());
        for (List<String> moving : plan.moving().values()) {
            take(drained(moving));
        }
    }

    /**
     * What begins when they are others.
     *
     * @param folder with the files of the new version
     */
    void finish(RoutePlan plan, Path folder) throws Exception {
        for (RoutePlan.Step step : plan.steps()) {
            take(drained(step.routes()));
            if (plan.succeeds(step)) {
                continue;
            }
            if (isEntered(step.routes())) {
                between(() -> exchange(step, folder));
            } else {
                exchange(step, folder);
            }
        }
        for (String moved : plan.moving().keySet()) {
            between(() -> move(plan, moved, folder));
        }
        for (RoutePlan.Step gone : plan.last()) {
            forget(gone);
        }
    }

    /** No caller finds neither the old route nor the new one. */
    private void move(RoutePlan plan, String place, Path folder) throws Exception {
        take(plan.moving().get(place));
        for (RoutePlan.Step step : plan.steps()) {
            if (plan.succeeds(step) && step.folder().equals(place)) {
                exchange(step, folder);
            }
        }
    }

    private void exchange(RoutePlan.Step step, Path folder) throws Exception {
        take(step.routes());
        take(step.now());
        forget(step);
        Resource file = PluginHelper.getResourceLoader(camel)
                .resolveResource("file:" + folder.resolve(step.file()).toAbsolutePath());
        PluginHelper.getRoutesLoader(camel).loadRoutes(file);
    }

    /** Ends routes, where they are there. */
    private void take(List<String> ids) throws Exception {
        for (String id : ids) {
            if (camel.getRoute(id) != null) {
                camel.getRouteController().stopRoute(id, DRAIN.toSeconds(), TimeUnit.SECONDS);
                camel.removeRoute(id);
            }
        }
    }

    /** Whether calls come to one of them that cannot wait in a queue. */
    private boolean isEntered(List<String> ids) {
        return ids.stream().anyMatch(this::isEntered);
    }

    private boolean isEntered(String id) {
        Route route = camel.getRoute(id);
        return route != null
                && ENTRIES.contains(route.getEndpoint().getEndpointUri().split(":", 2)[0]);
    }

    /** Those that may take long to end what they have begun, while what comes to them waits in a queue. */
    private List<String> drained(List<String> ids) {
        return ids.stream().filter(id -> !isEntered(id)).toList();
    }

    /** What is used no more; routes that were made of it are not touched by that. */
    private void forget(RoutePlan.Step step) throws Exception {
        Model model = ((ModelCamelContext) camel);
        for (String id : step.templates()) {
            RouteTemplateDefinition template = model.getRouteTemplateDefinition(id);
            if (template != null) {
                model.removeRouteTemplateDefinition(template);
            }
        }
        for (String id : step.configurations()) {
            RouteConfigurationDefinition configuration = model.getRouteConfigurationDefinition(id);
            if (configuration != null) {
                model.removeRouteConfiguration(configuration);
            }
        }
    }

    /** What may fail as Camel fails. */
    interface Act {
        void run() throws Exception;
    }

    /** While nothing is on its way from a gateway. */
    void between(Act act) throws Exception {
        Exception[] failed = new Exception[1];
        Runnable run = () -> {
            try {
                act.run();
            } catch (Exception failure) {
                failed[0] = failure;
            }
        };
        int tries = 1;
        while (!gateway.between(PATIENCE, run)) {
            if (tries++ == TRIES) {
                throw new IllegalStateException(
                        "what senders have handed in was not over within %d s, %d times in a row; expected a moment between two"
                                .formatted(PATIENCE.toSeconds(), TRIES));
            }
        }
        if (failed[0] != null) {
            throw failed[0];
        }
    }
}
