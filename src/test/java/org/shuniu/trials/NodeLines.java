package org.shuniu.trials;

/** The cables from one node to the database and to both brokers. */
final class NodeLines implements AutoCloseable {

    private final TcpProxy database;
    private final TcpProxy broker;
    private final TcpProxy otherBroker;

    NodeLines(int databasePort, BrokerPair brokers) {
        this.database = new TcpProxy(databasePort);
        this.broker = new TcpProxy(brokers.port());
        this.otherBroker = new TcpProxy(brokers.backupPort());
    }

    String databases() {
        return "jdbc:postgresql://127.0.0.1:%d/".formatted(database.port());
    }

    String brokers() {
        return "(tcp://127.0.0.1:%d,tcp://127.0.0.1:%d)".formatted(broker.port(), otherBroker.port());
    }

    /** Lets nothing through, as a network that is split; neither side is told. */
    void silence(boolean silence) {
        database.silence(silence);
        broker.silence(silence);
        otherBroker.silence(silence);
    }

    @Override
    public void close() {
        database.close();
        broker.close();
        otherBroker.close();
    }
}
