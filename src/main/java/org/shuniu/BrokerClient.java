package org.shuniu;

import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** How the hub goes about with its brokers, so that an address need only say where they are. */
final class BrokerClient implements BeanPostProcessor {

    /** Every queue has a connection of its own, and the client tries one after the other: two seconds each, its default, would add up. */
    private static final Duration BEFORE_THE_NEXT_BROKER = Duration.ofMillis(100);

    private final boolean alone;

    /** @param alone whether no other process of the hub reads the same queues */
    BrokerClient(boolean alone) {
        this.alone = alone;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof ActiveMQConnectionFactory brokers) {
            brokers.setRetryInterval(BEFORE_THE_NEXT_BROKER.toMillis());
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
