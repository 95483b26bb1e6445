package org.shuniu.trials;

import java.nio.file.Path;
import java.time.Duration;
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
    private boolean primaryServes = true;

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

    /** The one that serves is gone at once. */
    void kill() {
        serving().kill();
    }

    /** What was killed is back, and has all that the one holds which serves now. */
    void restore() {
        ArtemisServer gone = primary.isAlive() ? backup : primary;
        int inStep = gone.said(IN_STEP);
        gone.start();
        gone.awaitSaid(IN_STEP, inStep + 1);
        primaryServes = gone == backup;
    }

    /** The one that serves stands still for so long that the other takes over; woken up, it serves beside it. */
    void split(Duration standstill) {
        ArtemisServer other = primaryServes ? backup : primary;
        int served = other.said(SERVES);
        serving().pause();
        other.awaitSaid(SERVES, served + 1);
        Crashes.live(standstill);
        serving().resume();
    }

    private ArtemisServer serving() {
        return primaryServes ? primary : backup;
    }

    @Override
    public void close() {
        backup.close();
        primary.close();
    }
}
