package org.shuniu.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Messaging Gateway: lets a route begin where a partner's call ends, as {@code gateway:<partner>/<document>}.
 *
 * <p>The hub's HTTP controllers and pollers hand typed bodies to the route and get its typed answer back.
 */
public final class GatewayComponent extends DefaultComponent {

    private final Map<String, GatewayConsumer> routes = new ConcurrentHashMap<>();

    /** Fair: who changes something waits for what is under way, and not for what comes after him. */
    private final ReentrantReadWriteLock doors = new ReentrantReadWriteLock(true);

    /**
     * Runs the route that begins at this gateway.
     *
     * @param name {@code <partner>/<document>}
     * @throws NoRoute when no route begins there
     */
    public <T> T hand(String name, Object body, Class<T> answer) {
        doors.readLock().lock();
        try {
            return passed(name, body, answer);
        } finally {
            doors.readLock().unlock();
        }
    }

    /**
     * Changes something while nothing is on its way from a gateway: what comes meanwhile waits, and sees only what is new.
     *
     * @param patience for what is under way
     * @return false when it was not over in that time, and nothing was changed
     */
    public boolean between(Duration patience, Runnable change) throws InterruptedException {
        if (!doors.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        try {
            change.run();
            return true;
        } finally {
            doors.writeLock().unlock();
        }
    }

    private <T> T passed(String name, Object body, Class<T> answer) {
        GatewayConsumer route = routes.get(name);
        if (route == null) {
            throw new NoRoute(name, getCamelContext().isStarted());
        }
        Exchange exchange = route.createExchange(false);
        exchange.getMessage().setBody(body);
        try {
            route.getProcessor().process(exchange);
        } catch (Exception failure) {
            exchange.setException(failure);
        }
        if (exchange.getException() instanceof RuntimeException failure) {
            throw failure;
        }
        if (exchange.getException() != null) {
            throw new IllegalStateException("The route of %s failed".formatted(name), exchange.getException());
        }
        return exchange.getMessage().getBody(answer);
    }

    public boolean begins(String name) {
        return routes.containsKey(name);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new GatewayEndpoint(uri, this, remaining);
    }

    /** No route begins at a gateway of this name. */
    public static final class NoRoute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean running;

        NoRoute(String name, boolean running) {
            super("No route begins at gateway:%s".formatted(name));
            this.running = running;
        }

        /** Whether the hub's routes run; if they do not, one may begin here later. */
        boolean running() {
            return running;
        }
    }

    private static final class GatewayEndpoint extends DefaultEndpoint {
        private final String name;

        GatewayEndpoint(String uri, GatewayComponent component, String name) {
            super(uri, component);
            this.name = name;
        }

        @Override
        public Producer createProducer() {
            throw new IllegalStateException("gateway: is where routes begin; it cannot be sent to");
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            Consumer consumer = new GatewayConsumer(this, processor);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        public boolean isRemote() {
            return false;
        }
    }

    private static final class GatewayConsumer extends DefaultConsumer {
        private final GatewayEndpoint endpoint;

        GatewayConsumer(GatewayEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.endpoint = endpoint;
        }

        private Map<String, GatewayConsumer> routes() {
            return ((GatewayComponent) endpoint.getComponent()).routes;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            if (routes().putIfAbsent(endpoint.name, this) != null) {
                throw new IllegalStateException("Two routes begin at gateway:%s".formatted(endpoint.name));
            }
        }

        @Override
        protected void doStop() throws Exception {
            routes().remove(endpoint.name);
            super.doStop();
        }
    }
}
