package org.shuniu.trials;

import java.nio.file.Path;
import org.shuniu.packaged.Workplace;

/** Two brokers, of which the second has all that the first holds, and serves while the first is gone. */
final class BrokerPair implements AutoCloseable {

    /** The backup has all that the primary has. */
    private static final String IN_STEP = "AMQ221024";

    /** It serves: the backup in the primary's place. */
    private static final String SERVES_IN_ITS_PLACE = "AMQ221010";

    /** It serves. */
    private static final String SERVES = "AMQ221007";

    private final int port = Workplace.freePort();
    private final int backupPort = Workplace.freePort();
    private final ArtemisServer primary;
    private final ArtemisServer backup;
    private int promotions;

    BrokerPair(Path directory) {
        this.primary = new ArtemisServer(
                directory.resolve("primary"), "broker-primary.properties", text -> addresses(text, port));
        this.backup = new ArtemisServer(
                directory.resolve("backup"), "broker-backup.properties", text -> addresses(text, backupPort));
    }

    private String addresses(String text, int own) {
        return text.replace("tcp://0.0.0.0:61616", "tcp://127.0.0.1:" + own)
                .replace("broker-backup:61616", "127.0.0.1:" + backupPort)
                .replace("broker:61616", "127.0.0.1:" + port);
    }

    /** Both are tried in turn; what the brokers say of each other is not asked, since there it is addresses of their own. */
    String url() {
        return "(tcp://127.0.0.1:%d,tcp://127.0.0.1:%d)?consumerWindowSize=0&useTopologyForLoadBalancing=false"
                .formatted(port, backupPort);
    }

    void start() {
        primary.start();
        primary.awaitSaid(SERVES, 1);
        backup.start();
        backup.awaitSaid(IN_STEP, 1);
    }

    /** The primary is gone at once, and the backup serves in its place. */
    void promote() {
        primary.kill();
        backup.awaitSaid(SERVES_IN_ITS_PLACE, ++promotions);
    }

    /** The primary comes back, takes what it missed and serves again; the backup is a backup again. */
    void giveBack() {
        int before = primary.said(SERVES);
        int inStep = backup.said(IN_STEP);
        primary.start();
        primary.awaitSaid(SERVES, before + 1);
        backup.awaitSaid(IN_STEP, inStep + 1);
    }

    @Override
    public void close() {
        backup.close();
        primary.close();
    }
}
