package org.shuniu;

import java.time.Duration;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * How the hub goes about with its brokers, so that an address need only say where they are. A broker that is gone, in whatever way, is
 * given up in seconds; its messages come again and are claimed once, so that to give up too early costs next to nothing.
 */
final class BrokerClient implements BeanPostProcessor {

    /** The client begins with either of two brokers, and pauses before the next, by itself for two seconds. */
    private static final Duration BEFORE_THE_NEXT_BROKER = Duration.ofMillis(100);

    /** Of a machine that is gone nothing comes back; the client waits for it for half a minute by itself. */
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** One that hangs, or whose line is ended by something between, lets in and says nothing; by itself half a minute too. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Without a word from the broker; and from a hub, after which the broker gives its messages to another. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration SILENCE_OF_A_HUB = Duration.ofSeconds(30);

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
        brokers.setClientFailureCheckPeriod(SILENCE.toMillis());
        brokers.setConnectionTTL(SILENCE_OF_A_HUB.toMillis());
        // What two brokers of a pair say of each other are addresses of their own network.
        brokers.setUseTopologyForLoadBalancing(false);
    }
}
