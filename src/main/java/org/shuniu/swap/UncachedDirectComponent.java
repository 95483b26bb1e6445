package org.shuniu.swap;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * {@code direct:} that asks for each message which route begins there.
 *
 * <p>Camel's own producer remembers that route, and notes that it has asked again before it has the answer (4.22): of two
 * threads that come right after a route was exchanged, the second is handed the route that has ended, and its message is
 * rejected.
 */
final class UncachedDirectComponent extends DirectComponent {

    private final Duration patience;

    /** @param patience for a route that begins there, after which a message fails */
    UncachedDirectComponent(Duration patience) {
        this.patience = patience;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DirectEndpoint endpoint = new UncachedDirectEndpoint(uri, this);
        endpoint.setBlock(isBlock());
        // Not the component's own: Spring Boot's starter sets its default there.
        endpoint.setTimeout(patience.toMillis());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static final class UncachedDirectEndpoint extends DirectEndpoint {

        UncachedDirectEndpoint(String uri, DirectComponent component) {
            super(uri, component);
        }

        @Override
        public Producer createProducer() {
            return new UncachedDirectProducer(this);
        }

        /** Camel's own, which has remembered nothing yet. */
        AsyncProcessor fresh() throws Exception {
            return (AsyncProcessor) super.createProducer();
        }
    }

    private static final class UncachedDirectProducer extends DefaultAsyncProducer {
        private final UncachedDirectEndpoint endpoint;

        UncachedDirectProducer(UncachedDirectEndpoint endpoint) {
            super(endpoint);
            this.endpoint = endpoint;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                return endpoint.fresh().process(exchange, callback);
            } catch (Exception failure) {
                exchange.setException(failure);
                callback.done(true);
                return true;
            }
        }
    }
}
