package org.shuniu.bench.floor;

import java.nio.file.Path;
import org.shuniu.bench.subject.RunningSubject;
import org.shuniu.embedded.EmbeddedDatabase;

/**
 * The least that a whole life can cost: the hub's inputs and outputs with its durability and grouping, written by hand,
 * and nothing else: no encryption, no checks, no routing, no mapping, no claims, no retries.
 */
public final class Floor {

    private static final String DEPARTMENT = "department.application";
    private static final String PLATFORM = "platform.result";

    private Floor() {}

    /** @param arguments data directory, own port, partners' port */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        int partners = Integer.parseInt(arguments[2]);
        EmbeddedDatabase database = EmbeddedDatabase.start(data.resolve("postgres"), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        FloorStore.create(database.url(EmbeddedDatabase.HUB));
        FloorBroker broker = FloorBroker.start(data.resolve("broker"));
        for (int i = 0; i < Carrier.CARRIERS; i++) {
            new Carrier(
                            DEPARTMENT,
                            broker,
                            partners,
                            new DepartmentLeg(new FloorStore(database.url(EmbeddedDatabase.HUB)), PLATFORM))
                    .start();
            new Carrier(PLATFORM, broker, partners, new PlatformLeg(new FloorStore(database.url(EmbeddedDatabase.HUB))))
                    .start();
        }
        Dispatch dispatch = new Dispatch(broker, DEPARTMENT);
        Intake intake = new Intake(new FloorStore(database.url(EmbeddedDatabase.HUB)), dispatch);
        FloorServer.start(Integer.parseInt(arguments[1]), intake);
        System.out.println(RunningSubject.READY);
    }
}
