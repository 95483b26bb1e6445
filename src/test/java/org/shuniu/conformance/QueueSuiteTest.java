package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.partner.Partner;

/** An office with two queues on its own broker. */
class QueueSuiteTest {

    private static final long PATIENCE_MILLIS = 60_000;
    private static final String FIRST = "application/item-312098001000";

    @TempDir
    private Path directory;

    private AgreedOffice office;

    @BeforeEach
    void open() throws IOException {
        office = AgreedOffice.of(directory, ContractProtocol.AMQP, Results.POLL);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void passesWhereItDoesAllThatWasAgreed() throws IOException, InterruptedException {
        Map<String, Tried> tried = office.tried();

        assertThat(tried.values())
                .hasSizeGreaterThan(60)
                .filteredOn(one -> one.end() == End.FAILED)
                .isEmpty();
        for (String trial : List.of(
                "result/poll",
                "application/twice",
                "application/unreadable",
                "application/by-a-stranger",
                "withdrawal/after-the-decision")) {
            assertThat(tried.get(trial).end()).as(trial).isEqualTo(End.PASSED);
        }
        assertThat(tried.get("application/among-others").came()).isEqualTo("each message goes alone");
    }

    @Test
    void isFoundWhereItTakesAMessageAndLosesIt() throws IOException, InterruptedException {
        office.within(Duration.ofSeconds(4)).fault("loses");

        Tried tried = office.tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).isEqualTo("nothing was said of it within 4 s");
    }

    @Test
    void isNotBlamedForAnAnswerThatComesTwice() throws IOException, InterruptedException {
        office.fault("duplicate-result");

        assertThat(office.tried("application/twice", "result/").values())
                .filteredOn(one -> one.end() == End.FAILED)
                .isEmpty();
    }

    @Test
    void isNotTriedWhileSomebodyElsesReplyLiesThere() throws JMSException {
        String real = "<reply><eventId>E-1</eventId><caseNo>3120261124000000123</caseNo><state>DONE</state></reply>";
        try (Connection connection = connection();
                Session session = connection.createSession()) {
            Queue replies = session.createQueue(queues().replies());
            session.createProducer(replies).send(session.createTextMessage(real));

            assertThatThrownBy(() -> office.tried(FIRST))
                    .isInstanceOf(SomebodyElses.class)
                    .hasMessageStartingWith("queue " + queues().replies());

            Message left = session.createConsumer(replies).receive(PATIENCE_MILLIS);
            assertThat(left.getBody(String.class)).isEqualTo(real);
        }
    }

    private Connection connection() throws JMSException {
        Connection connection =
                new JmsConnectionFactory(AgreedOffice.OFFICE, "the hub's", queues().url()).createConnection();
        connection.start();
        return connection;
    }

    private Partner.Queues queues() {
        return office.partners().partner(AgreedOffice.OFFICE).queues().orElseThrow();
    }
}
