package org.shuniu.simulator;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** The archives' own broker: AMQP 1.0 for whoever has its password, durable queues, a dead-letter queue. */
final class ArchiveBroker implements AutoCloseable {
    static final String REQUESTS = "archives.requests";
    static final String REPLIES = "archives.replies";
    static final String DEAD = "archives.dead";

    /** Small, because each start reads and each first start writes the journal's files whole. */
    private static final int JOURNAL_FILE_BYTES = 2 << 20;

    private static final String ACCEPTOR = "amqp";
    /** Of the brokers within one process each has a number of its own. */
    private static final AtomicInteger NUMBERS = new AtomicInteger(77);

    private static final String STAFF = "archives";
    private static final String GUEST = "shuniu";
    private static final int MOST_ATTEMPTS = 10;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final String inVm = "vm://" + NUMBERS.getAndIncrement();
    private final ActiveMQConnectionFactory staff = new ActiveMQConnectionFactory(inVm);
    private final String password;

    /** @param password of the hub's account, and of the archives' own */
    ArchiveBroker(int port, Path directory, String password) {
        this.password = password;
        try {
            server.setConfiguration(configuration(port, directory)).setSecurityManager(accounts(password));
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "Setting shuniu.simulator.listeners.archives: no broker at port " + port + ": " + e.getMessage(),
                    e);
        }
    }

    private Configuration configuration(int port, Path directory) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("archives")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(true);
        configuration.addAcceptorConfiguration("in-vm", inVm);
        configuration.addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:%d?protocols=AMQP".formatted(port));
        for (String queue : Set.of(REQUESTS, REPLIES, DEAD)) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
        }
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateQueues(false)
                        .setAutoCreateAddresses(false)
                        .setMaxDeliveryAttempts(MOST_ATTEMPTS)
                        .setDeadLetterAddress(SimpleString.of(DEAD)));
        Role guest = new Role(GUEST, true, true, false, false, false, false, false, true);
        Role staff = new Role(STAFF, true, true, true, true, true, true, true, true);
        configuration.putSecurityRoles("#", Set.of(guest, staff));
        return configuration;
    }

    private static ActiveMQJAASSecurityManager accounts(String password) {
        SecurityConfiguration accounts = new SecurityConfiguration();
        for (String name : Set.of(GUEST, STAFF)) {
            accounts.addUser(name, password);
            accounts.addRole(name, name);
        }
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), accounts);
    }

    /** A connection from within the archives, which a closed door does not cut. */
    Connection staff() throws JMSException {
        Connection connection = staff.createConnection(STAFF, password);
        connection.start();
        return connection;
    }

    /** Lets nobody in any more and cuts whoever is there. */
    void shut() throws Exception {
        server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR).stop();
    }

    void open() throws Exception {
        server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR).start();
    }

    @Override
    public void close() {
        try {
            staff.close();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The archives' broker did not stop", e);
        }
    }
}
