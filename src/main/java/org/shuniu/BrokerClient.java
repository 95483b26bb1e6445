package org.shuniu;

import java.time.Duration;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * How the hub goes about with its brokers, whatever their address says of it. A broker that is gone is given up in seconds, one that only
 * says nothing within half a minute; its messages come again and are claimed once, so that to give up too early costs next to nothing.
 */
final class BrokerClient implements BeanPostProcessor {

    /** The client begins with either of two brokers, and pauses before the next, by itself for two seconds. */
    private static final Duration BEFORE_THE_NEXT_BROKER = Duration.ofMillis(100);

    /** Of a machine that is gone nothing comes back; the client waits for it for half a minute by itself. */
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** One that hangs, or whose line is ended by something between, lets in and says nothing; by itself half a minute too. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** After which each side gives up the other; it is looked at no oftener than that, so that it may take twice as long. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(5);

    private final boolean alone;

    /** @param alone whether no other process of the hub reads the same queues */
    BrokerClient(boolean alone) {
        this.alone = alone;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof ActiveMQConnectionFactory brokers) {
            for (TransportConfiguration broker : brokers.getStaticConnectors()) {
                if (broker.getFactoryClassName().equals(NettyConnectorFactory.class.getName())) {
                    broker.getParams()
                            .putIfAbsent(TransportConstants.NETTY_CONNECT_TIMEOUT, Math.toIntExact(CONNECT.toMillis()));
                    giveUpSoon(brokers);
                }
            }
            if (!alone) {
                // What one process has fetched ahead, no other can work on.
                brokers.setConsumerWindowSize(0);
            }
        }
        return bean;
    }

    private static void giveUpSoon(ActiveMQConnectionFactory brokers) {
        brokers.setRetryInterval(BEFORE_THE_NEXT_BROKER.toMillis());
        brokers.setCallTimeout(ANSWER.toMillis());
        brokers.setClientFailureCheckPeriod(BETWEEN_PINGS.toMillis());
        brokers.setConnectionTTL(SILENCE.toMillis());
        // What two brokers of a pair say of each other are addresses of their own network.
        brokers.setUseTopologyForLoadBalancing(false);
    }
}
