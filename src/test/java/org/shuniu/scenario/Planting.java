package org.shuniu.scenario;

import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** Makes things go wrong at a hub, and hands in as much as it takes to meet them. */
final class Planting {

    static final String WORK_ON_THE_LEDGER = "work on the ledger";

    /** The hub was started with it. */
    static final Consumer<RunningHub> AT_START = hub -> {};

    /** One more than fail in a row before a partner is left alone. */
    private static final int ENOUGH = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Planting() {}

    static void misbehaves(RunningHub hub, String partner, String fault, String item) {
        misbehaves(hub, partner, fault, item, ENOUGH);
    }

    static void misbehaves(RunningHub hub, String partner, String fault, String item, int cases) {
        // Whoever hangs does so for longer than the hub waits, and not until no simulated partner has a thread left.
        int seconds = Set.of("slow", "timeout-after-work").contains(fault) ? 8 : 600;
        hub.fault(partner, "{\"fault\":\"%s\",\"seconds\":%d}".formatted(fault, seconds), 200);
        for (int i = 0; i < cases; i++) {
            hub.caseOf(Applications.atCounter(item, ",\"form\":{\"purpose\":\"办理\"}"));
        }
    }

    /** A kind of identity document for which the department's table has no code. */
    static void unknownCode(RunningHub hub) {
        hub.caseOf(Applications.online(Applications.ECONOMY).replace("\"idType\":\"111\"", "\"idType\":\"990\""));
    }

    static void answersForAnother(RunningHub hub) {
        String item = "312000370000";
        hub.awaitStatus(hub.caseOf(Applications.online(item)), "60");
        misbehaves(hub, "archives", "wrong-correlation", item, 1);
    }

    /** What the hub has on file is another key than the server's. */
    static void otherServerKey(RunningHub hub) {
        try {
            Path known = hub.directory().resolve("data/sftp/known_hosts");
            StringBuilder line = new StringBuilder(Files.readString(known).split(" ")[0]).append(' ');
            PublicKeyEntry.appendPublicKeyEntry(
                    line, KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic());
            Files.writeString(known.resolveSibling("known_hosts_of_grain"), line.append('\n'));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        hub.caseOf(Applications.online(Applications.GRAIN));
    }

    static void libraryHangs(RunningHub hub) {
        hub.awaitStatus(hub.caseOf(withCertificate(0)), "60");
        hub.fault("certificate-library", "{\"fault\":\"slow\",\"seconds\":600}", 200);
        for (int i = 1; i <= ENOUGH; i++) {
            hub.caseOf(withCertificate(i));
        }
    }

    private static String withCertificate(int number) {
        String code = Certificates.code("SFZ%010d".formatted(number));
        return Applications.application(
                Applications.FEDERATION, "2", "", ",\"materials\":[%s]".formatted(Certificates.material("SFZ", code)));
    }

    static void shortMessagesDown(RunningHub hub) {
        hub.fault("sms-gateway", "down");
        for (int i = 0; i < ENOUGH; i++) {
            hub.caseOf(Applications.application(Applications.FEDERATION, "2", "", ",\"services\":{\"sms\":true}"));
        }
    }

    static void pause(RunningHub hub) {
        hub.operate("/partners/payment/pause", "{\"reason\":\"%s\"}".formatted(WORK_ON_THE_LEDGER));
    }

    static void strangersMessage(RunningHub hub) {
        try (Connection connection = hub.bean(ConnectionFactory.class).createConnection();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue("disabled-federation.application"))
                    .send(session.createTextMessage("nothing of ours"));
        } catch (JMSException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** An item of the Delta, for somebody who lives there. */
    static void caseOfTheProvince(RunningHub hub) {
        for (int i = 0; i < ENOUGH; i++) {
            hub.caseOf(Applications.online("312000215000").replace("310101002", "330106"));
        }
    }

    /** Beside what waits at a department that is down. */
    static void weeksPass(RunningHub hub) {
        await().atMost(PATIENCE)
                .until(() ->
                        hub.operatorSees("/time-limits?within=250").toString().contains("\"housing\""));
        hub.clock().set(LocalDateTime.now(ZoneId.of("Asia/Shanghai")).plusDays(90));
    }
}
