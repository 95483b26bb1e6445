package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Json;

/** A department's queues over a real broker: nothing is acknowledged there that is not kept here. */
class QueuePollerTest {

    private static final String REPLY = "<archiveReply><caseNo>SN1</caseNo></archiveReply>";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final int port = Workplace.freePort();
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private ChannelAdapters adapters;

    @BeforeEach
    void open() throws Exception {
        Configuration configuration =
                new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false);
        configuration.addAcceptorConfiguration("amqp", "tcp://127.0.0.1:%d?protocols=AMQP".formatted(port));
        configuration.addQueueConfiguration(QueueConfiguration.of("dead").setRoutingType(RoutingType.ANYCAST));
        configuration.addAddressSetting("#", new AddressSettings().setDeadLetterAddress(SimpleString.of("dead")));
        broker.setConfiguration(configuration).start();
        Path folder = Files.createDirectories(directory.resolve("routes/office"));
        Files.writeString(folder.resolve("partner.yaml"), """
                partner: office
                name: {zh: 部门, en: Office}
                protocol: amqp
                operations: {application: request}
                queues: {url: "amqp://127.0.0.1:%d", username: hub, password: office-password, requests: in, replies: out, largest: 1KB}
                delivery: {deadline: 30s, connect: 15s}
                """.formatted(port));
        adapters = new ChannelAdapters(
                PartnerDirectory.load(folder.getParent(), text -> text),
                Secrets.of(directory, Map.of("SHUNIU_SECRET_OFFICE_PASSWORD", "x")),
                null,
                null);
    }

    @AfterEach
    void close() throws Exception {
        adapters.close();
        broker.stop();
    }

    @Test
    void bringsAMessageAgainThatWasNotKept() throws JMSException {
        reply(REPLY);
        reply("second");

        failsToKeep(key -> {});

        assertThat(received(2)).first().asString().contains(REPLY);
        assertThat(received()).isEmpty();
    }

    /** The broker of a department gives a message up after ten deliveries that failed; of an outage there are more. */
    @Test
    void leavesNoMessageToTheDeadLetterQueueHoweverOftenItCannotBeKept() throws JMSException {
        reply(REPLY);
        reply("second");

        for (int i = 0; i < 25; i++) {
            failsToKeep(key -> {});
        }

        assertThat(received(2)).first().asString().contains(REPLY);
        assertThat(take("dead")).isNull();
    }

    @Test
    void bringsAMessageAgainUnderTheSameKeyThatWasKeptAndNotAcknowledged() throws JMSException {
        // Given a hub that dies after it has kept a message and before the broker hears so
        reply(REPLY);
        List<String> keys = new ArrayList<>();
        failsToKeep(keys::add);

        // When it reads again
        await().atMost(PATIENCE).until(() -> adapters.receive("office", (partner, key, bytes) -> keys.add(key)) > 0);

        // Then the key tells that it is the same
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0)).isEqualTo(keys.get(1));
    }

    @Test
    void leavesWhatIsTooLargeInTheDeadLetterQueueAndSaysSo() throws JMSException {
        reply("x".repeat(2_000));

        assertThat(received(1))
                .singleElement()
                .asString()
                .contains("\"size\":2000")
                .doesNotContain("xxx");

        await().atMost(PATIENCE).until(() -> take("dead") != null);
        assertThat(received()).isEmpty();
    }

    @Test
    void sendsWithTheMessageIdAsCorrelationIdAndNothingTooLarge() throws JMSException {
        UUID id = UUID.randomUUID();

        assertThat(adapters.of("office").call(call(id, "<a/>"))).isInstanceOf(Reply.Taken.class);
        assertThat(adapters.of("office").call(call(id, "x".repeat(2_000)))).isInstanceOf(Reply.Invalid.class);

        Message request = await().atMost(PATIENCE).until(() -> take("in"), Objects::nonNull);
        assertThat(request.getJMSCorrelationID()).isEqualTo(id.toString());
        assertThat(request.getJMSType()).isEqualTo("request");
        assertThat(take("in")).isNull();
    }

    @Test
    void isUnavailableWhileTheBrokerIsAway() throws Exception {
        broker.stop();

        assertThat(adapters.of("office").call(call(UUID.randomUUID(), "<a/>"))).isInstanceOf(Reply.Unavailable.class);
        assertThat(received()).isEmpty();
    }

    private static Call call(UUID id, String body) {
        return new Call(
                id,
                UUID.randomUUID(),
                "application",
                "SN1",
                body.getBytes(StandardCharsets.UTF_8),
                "application/xml",
                Duration.ofSeconds(30));
    }

    /** Reads until a message came that could not be kept. */
    private void failsToKeep(Consumer<String> before) {
        await().atMost(PATIENCE).until(() -> {
            try {
                adapters.receive("office", (partner, key, bytes) -> {
                    before.accept(key);
                    throw new IllegalStateException("the database is away");
                });
                return false;
            } catch (IllegalStateException notKept) {
                return true;
            }
        });
    }

    private List<String> received(int count) {
        List<String> all = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            all.addAll(received());
            return all.size() >= count;
        });
        return all;
    }

    private List<String> received() {
        List<String> received = new ArrayList<>();
        adapters.receive(
                "office", (partner, key, bytes) -> received.add(Json.tree(bytes).toString()));
        return received;
    }

    private void reply(String text) throws JMSException {
        try (Connection connection = connection();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue("out")).send(session.createTextMessage(text));
        }
    }

    private Message take(String queue) throws JMSException {
        try (Connection connection = connection();
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            return consumer.receive(500);
        }
    }

    private Connection connection() throws JMSException {
        Connection connection = new JmsConnectionFactory("amqp://127.0.0.1:%d".formatted(port)).createConnection();
        connection.start();
        return connection;
    }
}
