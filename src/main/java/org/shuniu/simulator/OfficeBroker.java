package org.shuniu.simulator;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.Map;
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

/** A department's own broker: AMQP 1.0 for whoever has a password, durable queues, a dead-letter queue. */
final class OfficeBroker implements AutoCloseable {
    private static final String DEAD = ".dead";

    /** Small, because each start reads and each first start writes the journal's files whole. */
    private static final int JOURNAL_FILE_BYTES = 2 << 20;

    private static final String ACCEPTOR = "amqp";
    /** Of the brokers within one process each has a number of its own. */
    private static final AtomicInteger NUMBERS = new AtomicInteger(77);

    private static final String STAFF = "staff";
    private static final String GUEST = "guest";
    private static final int MOST_ATTEMPTS = 10;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final String inVm = "vm://" + NUMBERS.getAndIncrement();
    private final ActiveMQConnectionFactory staff = new ActiveMQConnectionFactory(inVm);
    private final String password;

    /**
     * Starts one.
     *
     * @param setting that says the port, such as {@code archives}
     * @param offices whose queues it has: each has requests and replies
     * @param passwords of the accounts by which others come in
     */
    OfficeBroker(String setting, int port, Path directory, Set<String> offices, Map<String, String> passwords) {
        this.password = passwords.values().iterator().next();
        try {
            server.setConfiguration(configuration(setting, port, directory, offices))
                    .setSecurityManager(accounts(passwords));
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "Setting shuniu.simulator.listeners.%s: no broker at port %d: %s"
                            .formatted(setting, port, e.getMessage()),
                    e);
        }
    }

    static String requests(String office) {
        return office + ".requests";
    }

    static String replies(String office) {
        return office + ".replies";
    }

    private Configuration configuration(String name, int port, Path directory, Set<String> offices) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName(name)
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
        for (String office : offices) {
            for (String queue : Set.of(requests(office), replies(office), office + DEAD)) {
                configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
            }
        }
        for (String office : offices) {
            configuration.addAddressSetting(
                    office + ".#",
                    new AddressSettings()
                            .setAutoCreateQueues(false)
                            .setAutoCreateAddresses(false)
                            .setMaxDeliveryAttempts(MOST_ATTEMPTS)
                            .setDeadLetterAddress(SimpleString.of(office + DEAD)));
        }
        Role guest = new Role(GUEST, true, true, false, false, false, false, false, true);
        Role staff = new Role(STAFF, true, true, true, true, true, true, true, true);
        configuration.putSecurityRoles("#", Set.of(guest, staff));
        return configuration;
    }

    private static ActiveMQJAASSecurityManager accounts(Map<String, String> passwords) {
        SecurityConfiguration accounts = new SecurityConfiguration();
        accounts.addUser(STAFF, passwords.values().iterator().next());
        accounts.addRole(STAFF, STAFF);
        passwords.forEach((name, password) -> {
            accounts.addUser(name, password);
            accounts.addRole(name, GUEST);
        });
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), accounts);
    }

    /** A connection from within the office, which a closed door does not cut. */
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
            throw new IllegalStateException("A department's broker did not stop", e);
        }
    }
}
