package org.shuniu;

import java.time.Duration;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** How the hub goes about with its brokers, so that an address need only say where they are. */
final class BrokerClient implements BeanPostProcessor {

    /** The client begins with either of two brokers, and pauses before the next, by itself for two seconds. */
    private static final Duration BEFORE_THE_NEXT_BROKER = Duration.ofMillis(100);

    /** Of a machine that is gone nothing comes back; the client waits for it for half a minute by itself. */
    private static final Duration OF_A_MACHINE_THAT_IS_GONE = Duration.ofSeconds(3);

    private final boolean alone;

    /** @param alone whether no other process of the hub reads the same queues */
    BrokerClient(boolean alone) {
        this.alone = alone;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof ActiveMQConnectionFactory brokers) {
            brokers.setRetryInterval(BEFORE_THE_NEXT_BROKER.toMillis());
            for (TransportConfiguration broker : brokers.getStaticConnectors()) {
                broker.getParams()
                        .putIfAbsent(
                                TransportConstants.NETTY_CONNECT_TIMEOUT,
                                Math.toIntExact(OF_A_MACHINE_THAT_IS_GONE.toMillis()));
            }
            // What two brokers of a pair say of each other are addresses of their own network.
            brokers.setUseTopologyForLoadBalancing(false);
            if (!alone) {
                // What one process has fetched ahead, no other can work on.
                brokers.setConsumerWindowSize(0);
            }
        }
        return bean;
    }
}
