package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.partner.DeliveryPolicy;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;

class SharesTest {

    private static final PartnerLimits WHOLE = new PartnerLimits(Optional.of(new DeliveryPolicy.Rate(7, 14)), 4);
    private static final List<String> PARTNERS = List.of("a-department", "b-department", "c-department");

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void nobodyRuns() {
        pools.console().sql().update("delete from lease");
    }

    @Test
    void giveTheWholeToOneAndAllOfItToThree() {
        List<Shares> processes = List.of(process(), process(), process());
        processes.get(0).look();
        assertThat(processes.get(0).of("a-department", WHOLE)).isEqualTo(WHOLE);

        lookAll(processes);

        for (String partner : PARTNERS) {
            assertThat(parallel(processes, partner, WHOLE)).isEqualTo(4);
            assertThat(processes.stream()
                            .mapToInt(one ->
                                    one.of(partner, WHOLE).rate().orElseThrow().perSecond())
                            .sum())
                    .isEqualTo(7);
        }
    }

    @Test
    void letOneAloneCallAPartnerThatTakesOneCallAtATime() {
        List<Shares> processes = List.of(process(), process(), process());
        PartnerLimits single = new PartnerLimits(Optional.empty(), 1);
        PartnerLimits slow = new PartnerLimits(Optional.of(new DeliveryPolicy.Rate(1, 1)), 8);
        PartnerLimits sparing = new PartnerLimits(Optional.of(new DeliveryPolicy.Rate(50, 50)), 1);
        lookAll(processes);

        assertThat(PARTNERS).allSatisfy(partner -> {
            assertThat(parallel(processes, partner, single)).isEqualTo(1);
            for (PartnerLimits limited : List.of(slow, sparing)) {
                List<PartnerLimits> calling = processes.stream()
                        .map(one -> one.of(partner, limited))
                        .filter(one -> one.parallel() > 0)
                        .toList();
                assertThat(calling).containsExactly(limited);
            }
        });
    }

    @Test
    void fallToTheOthersWhenOneLeavesOrIsGone() {
        List<Shares> processes = List.of(process(), process(), process());
        lookAll(processes);

        processes.get(2).leave();
        pools.console().sql().update("""
                update lease set until = now() - interval '1 second' where name = (select min(name) from lease)
                """);
        lookAll(processes.subList(0, 2));
        // One of the two was taken for gone and says that it is not: only then do both know
        lookAll(processes.subList(0, 2));

        assertThat(PARTNERS)
                .allSatisfy(partner -> assertThat(parallel(processes.subList(0, 2), partner, WHOLE))
                        .isEqualTo(4));
    }

    private static int parallel(List<Shares> processes, String partner, PartnerLimits whole) {
        return processes.stream()
                .mapToInt(one -> one.of(partner, whole).parallel())
                .sum();
    }

    private static void lookAll(List<Shares> processes) {
        processes.forEach(Shares::look);
        processes.forEach(Shares::look);
    }

    private static Shares process() {
        return new Shares(pools.settlement().sql(), false);
    }
}
