package org.shuniu.bench.floor;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Commits what arrives together in one transaction. */
final class Intake {

    private record Arrival(String key, Parcel parcel, byte[] receipt, CompletableFuture<byte[]> kept) {}

    private static final int GROUP = 200;

    private final BlockingQueue<Arrival> line = new LinkedBlockingQueue<>();
    private final FloorStore store;
    private final Dispatch dispatch;

    Intake(FloorStore store, Dispatch dispatch) {
        this.store = store;
        this.dispatch = dispatch;
        new Thread(this::run, "intake-commit").start();
    }

    /** Returns the receipt once everything is on disk. */
    byte[] accept(String key, byte[] body) {
        UUID id = Ids.next();
        String caseNo = "F" + id;
        byte[] receipt =
                "{\"messageId\":\"%s\",\"caseNo\":\"%s\"}".formatted(id, caseNo).getBytes(StandardCharsets.UTF_8);
        Arrival arrival =
                new Arrival(key, new Parcel(Ids.next(), id, caseNo, body), receipt, new CompletableFuture<>());
        line.add(arrival);
        return arrival.kept().join();
    }

    private void run() {
        List<Arrival> group = new ArrayList<>();
        try {
            while (true) {
                group.add(line.take());
                line.drainTo(group, GROUP - 1);
                write(group);
                dispatch.send(group.stream().map(Arrival::parcel).toList());
                group.forEach(arrival -> arrival.kept().complete(arrival.receipt()));
                group.clear();
            }
        } catch (InterruptedException | SQLException failure) {
            throw new IllegalStateException("The floor's intake ended", failure);
        }
    }

    private void write(List<Arrival> group) throws SQLException {
        for (Arrival arrival : group) {
            store.key("acceptance-platform", arrival.key(), arrival.parcel().messageId(), arrival.receipt());
            store.message(arrival.parcel(), "application");
            store.delivery(arrival.parcel(), "economy");
            store.event(arrival.parcel(), "accepted");
        }
        store.commit();
    }
}
