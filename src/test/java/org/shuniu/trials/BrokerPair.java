package org.shuniu.trials;

import java.nio.file.Path;
import org.shuniu.packaged.Workplace;

/** Two brokers: one serves, the other has all that the first holds, and serves once that is gone. */
final class BrokerPair implements AutoCloseable {

    /** The backup has all that the primary has. */
    private static final String IN_STEP = "AMQ221024";

    private static final String SERVES = "AMQ221007";

    private final int port = Workplace.freePort();
    private final int backupPort = Workplace.freePort();
    private final ArtemisServer primary;
    private final ArtemisServer backup;

    BrokerPair(Path directory) {
        this.primary = new ArtemisServer(
                directory.resolve("primary"), "broker-primary.properties", text -> addresses(text, port));
        this.backup = new ArtemisServer(
                directory.resolve("backup"), "broker-backup.properties", text -> addresses(text, backupPort));
    }

    private String addresses(String text, int own) {
        return text.replace("tcp://0.0.0.0:61616", "tcp://127.0.0.1:" + own)
                .replaceAll("host=broker-backup(\\R.*port=)61616", "host=127.0.0.1$1" + backupPort)
                .replaceAll("host=broker(\\R.*port=)61616", "host=127.0.0.1$1" + port);
    }

    int port() {
        return port;
    }

    int backupPort() {
        return backupPort;
    }

    void start() {
        primary.start();
        primary.awaitSaid(SERVES, 1);
        backup.start();
        backup.awaitSaid(IN_STEP, 1);
    }

    /** The primary is gone at once: the backup serves, and has a copy again when the primary is back. */
    void promote() {
        change(primary, backup);
    }

    /** The same the other way round. */
    void promoteBack() {
        change(backup, primary);
    }

    private static void change(ArtemisServer from, ArtemisServer to) {
        int served = to.said(SERVES);
        int inStep = from.said(IN_STEP);
        from.kill();
        to.awaitSaid(SERVES, served + 1);
        from.start();
        from.awaitSaid(IN_STEP, inStep + 1);
    }

    @Override
    public void close() {
        backup.close();
        primary.close();
    }
}
