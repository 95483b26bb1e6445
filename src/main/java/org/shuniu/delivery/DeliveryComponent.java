package org.shuniu.delivery;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.vault.Vault;

/**
 * Lets a route begin with the claimed deliveries of one queue, as {@code delivery:<partner>/<queue>}; each comes as an
 * {@link Attempt}, in the body and in the property {@code attempt}.
 *
 * <p>Parameter {@code parallel}: how many go through the route at a time; the partner's own number when it is 0.
 */
public final class DeliveryComponent extends DefaultComponent {

    /** Property of an exchange with the attempt that it makes. */
    public static final String ATTEMPT = "attempt";

    private final DeliveryEngine engine;
    private final PartnerDirectory partners;
    private final Vault vault;
    private final Set<QueueConsumer> reading = ConcurrentHashMap.newKeySet();

    public DeliveryComponent(DeliveryEngine engine, PartnerDirectory partners, Vault vault) {
        this.engine = engine;
        this.partners = partners;
        this.vault = vault;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        int slash = remaining.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("delivery:%s; expected delivery:<partner>/<queue>".formatted(remaining));
        }
        int parallel = getAndRemoveParameter(parameters, "parallel", Integer.class, 0);
        Partner partner = partners.partner(remaining.substring(0, slash));
        String queue = partner.id() + "." + remaining.substring(slash + 1);
        return new QueueEndpoint(uri, this, partner, queue, parallel);
    }

    /** All that reads comes to its end at a time: the hub's stop takes as long as the slowest partner, not as all together. */
    private void endAll() {
        reading.forEach(consumer -> consumer.reader.end());
        reading.forEach(consumer -> consumer.reader.close());
        reading.forEach(consumer -> consumer.performers.end());
    }

    private static final class QueueEndpoint extends DefaultEndpoint {
        private final Partner partner;
        private final String queue;
        private final int parallel;

        QueueEndpoint(String uri, DeliveryComponent component, Partner partner, String queue, int parallel) {
            super(uri, component);
            this.partner = partner;
            this.queue = queue;
            this.parallel = parallel;
        }

        @Override
        public Producer createProducer() {
            throw new IllegalStateException("delivery: is where routes begin; the hub's own dispatch fills its queues");
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            Consumer consumer = new QueueConsumer(this, processor);
            configureConsumer(consumer);
            return consumer;
        }
    }

    private static final class QueueConsumer extends DefaultConsumer {
        private final QueueEndpoint endpoint;
        private final DeliveryComponent component;
        private Performers performers;
        private QueueReader reader;

        QueueConsumer(QueueEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.endpoint = endpoint;
            this.component = (DeliveryComponent) endpoint.getComponent();
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            performers = new Performers(
                    () -> component.partners.partner(endpoint.partner.id()),
                    endpoint.parallel,
                    component.engine.limits(),
                    component.engine.budget(),
                    component.vault,
                    component.engine.settlements(),
                    this::route);
            reader = new QueueReader(
                    endpoint.queue,
                    component.engine.broker(),
                    component.engine.claims(),
                    component.engine.window(),
                    performers);
            reader.start();
            component.reading.add(this);
        }

        private void route(Attempt attempt) {
            Exchange exchange = createExchange(false);
            exchange.getMessage().setBody(attempt);
            exchange.setProperty(ATTEMPT, attempt);
            try {
                getProcessor().process(exchange);
            } catch (Exception failure) {
                exchange.setException(failure);
            } finally {
                releaseExchange(exchange, false);
            }
            if (exchange.getException() != null) {
                throw new IllegalStateException("The route gave no outcome", exchange.getException());
            }
        }

        @Override
        protected void doStop() throws Exception {
            if (reader != null) {
                if (endpoint.getCamelContext().isStopping()) {
                    component.endAll();
                    reader.close();
                    performers.close();
                } else {
                    reader.close();
                    performers.drain();
                }
                component.reading.remove(this);
            }
            super.doStop();
        }
    }
}
