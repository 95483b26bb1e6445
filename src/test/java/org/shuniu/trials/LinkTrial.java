package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.shuniu.packaged.Workplace;
import org.shuniu.scenario.RegionPki;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two hubs, each with its own database and broker and each a region of the other; the line between them is cut. */
class LinkTrial {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DONE = "60";
    private static final List<String> DIFFERENCES = List.of("missing", "unreceived", "unlisted", "altered");

    /** How a hub is connected with its neighbour. */
    private record Side(String region, String neighbour, int port, TcpProxy line, TcpProxy back, RegionPki pki) {

        /** Under which it is found, and its neighbour. */
        private static String address(TcpProxy line) {
            return "https://127.0.0.1:%d/partner/v1".formatted(line.port());
        }

        void enter(HubProcess hub) {
            folders(hub.directory());
            hub.edit("probe-every: 30s", "probe-every: 1s");
            hub.edit("lag: 2h", "lag: 0s");
            hub.set("shuniu.reconciliation.every", "1s");
            hub.set("shuniu.reconciliation.again", "2s");
            hub.set("shuniu.exchange.enabled", "true");
            hub.set("shuniu.exchange.port", Integer.toString(port));
            hub.set("shuniu.exchange.base", address(back));
            hub.set("shuniu.exchange.party", "urn:chx:%s:hub".formatted(region));
            hub.set("shuniu.exchange.certificate", pki.path("hub.pem").toString());
            hub.set("shuniu.exchange.certificate-key", pki.path("hub.key").toString());
            hub.set(
                    "shuniu.exchange.client-certificate",
                    pki.path(region + ".pem").toString());
            hub.set(
                    "shuniu.exchange.client-certificate-key",
                    pki.path(region + ".key").toString());
            hub.set("shuniu.exchange.client-authorities", pki.path("ca.pem").toString());
            hub.set("shuniu.exchange.keyid", region + "-1");
            hub.set("shuniu.exchange.algorithm", algorithm(region));
            hub.set("shuniu.exchange.signing-key", pki.path(region + ".sign").toString());
            String partner = "shuniu.partners." + neighbour;
            hub.set(partner + ".connected", "true");
            hub.set(partner + ".address", address(line));
            hub.set(partner + ".certificate", pki.fingerprint(neighbour));
            hub.set(partner + ".keyid", neighbour + "-1");
            hub.set(partner + ".algorithm", algorithm(neighbour));
            hub.set(partner + ".public-key-file", pki.path(neighbour + ".pub").toString());
        }

        private static String algorithm(String region) {
            return region.equals("shanghai") ? "sm2-sm3" : "ed25519";
        }

        /** In the province it is the city that is a neighbour. */
        private void folders(Path hub) {
            TrialRegion.decideInRegions(hub);
            if (!neighbour.equals(TrialRegion.ID)) {
                UnaryOperator<String> named = text -> text.replace(TrialRegion.ID, neighbour);
                for (String folder : List.of("routes", "mappings")) {
                    Path all = hub.resolve(folder);
                    Workplace.copy(all.resolve(TrialRegion.ID), all.resolve(neighbour), named);
                }
                Path catalogue = hub.resolve("mappings/catalogue");
                rewrite(catalogue.resolve("provinces.csv"), "32,jiangsu", "31,shanghai");
                for (String agreed : List.of("region-items.csv", "region-divisions.csv")) {
                    rewrite(catalogue.resolve(agreed), TrialRegion.ID + ",", neighbour + ",");
                }
            }
        }

        private static void rewrite(Path file, String from, String to) {
            try {
                Files.writeString(file, Files.readString(file).replace(from, to));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Test
    void leavesTwoHubsEqualAfterDaysWithoutEachOther() {
        int each = Trial.count(1000, 40);
        Duration cut = Trial.length(Duration.ofMinutes(3), Duration.ofSeconds(20));
        String what =
                "%s: %d cases for the other hub, the line cut for %d s (three days, the schedule shortened with them),"
                        + " kill -9 of both in it and after it";
        RegionPki pki = new RegionPki(Trial.emptied(Trial.ROOT.resolve("link-keys")));
        for (String region : List.of("shanghai", "jiangsu")) {
            pki.certificate(region, "ca", "clientAuth", 30);
            pki.signingKey(region, region.equals("shanghai") ? "sm2-sm3" : "ed25519");
        }
        int here = Workplace.freePort();
        int there = Workplace.freePort();
        try (TcpProxy toCity = new TcpProxy(here);
                TcpProxy toProvince = new TcpProxy(there);
                Trial city = Trial.of(
                        "LINK city",
                        what.formatted("a city", each, cut.toSeconds()),
                        new Side("shanghai", "jiangsu", here, toProvince, toCity, pki)::enter);
                Trial province = Trial.of(
                        "LINK province",
                        what.formatted("a province", each, cut.toSeconds()),
                        new Side("jiangsu", "shanghai", there, toCity, toProvince, pki)::enter)) {
            city.ready();
            province.ready();
            CompletableFuture<Void> load = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> apply(city, "320106", each)),
                    CompletableFuture.runAsync(() -> apply(province, "310101002", each)));
            Crashes.live(Duration.ofSeconds(3));
            cut(cut, List.of(toCity, toProvince), city, province);
            for (Trial side : List.of(city, province)) {
                kill(side);
            }
            load.join();
            awaitDone(city, province);
            requireEqual(city, "jiangsu", province, "shanghai");
            requireEqual(province, "shanghai", city, "jiangsu");
            city.prove();
            province.prove();
            aDayLater(city);
            aDayLater(province);
            count(city, "jiangsu");
            count(province, "shanghai");
            requireCountersigned(city, "jiangsu", province, "shanghai");
            requireCountersigned(province, "shanghai", city, "jiangsu");
        }
    }

    /** Days that are over are countersigned, and a process's clock cannot be put forward: what was accepted was so yesterday. */
    private static void aDayLater(Trial side) {
        side.database().update("""
                alter table exchange_manifest disable trigger user;
                delete from exchange_manifest;
                alter table exchange_manifest enable trigger user;
                update exchange_message set accepted_at = accepted_at - interval '1 day';
                update exchange_sent set accepted_at = accepted_at - interval '1 day';
                update reconciliation set from_at = from_at - interval '1 day', until = until - interval '1 day'
                """);
    }

    /** Both have the signer's manifest of yesterday and the other's signature over it, which names no difference. */
    private static void requireCountersigned(Trial signer, String otherId, Trial other, String signerId) {
        String manifest = "select encode(manifest, 'escape'), encode(countersigned, 'escape') from exchange_manifest"
                + " where partner = ? and side = ? and countersigned is not null order by day desc limit 1";
        List<HubDatabase.Row> own = await().atMost(PATIENCE)
                .until(() -> signer.database().rows(manifest, otherId, "own"), rows -> !rows.isEmpty());
        assertThat(other.database().rows(manifest, signerId, "theirs")).isEqualTo(own);
        JsonMapper json = JsonMapper.shared();
        assertThat(json.readTree(own.get(0).get(0)).path("sent").path("count").asInt())
                .isEqualTo(
                        (int) signer.database().count("select count(*) from exchange_sent where partner = ?", otherId));
        assertThat(json.readTree(own.get(0).get(1)).path("differences").asInt(-1))
                .isZero();
    }

    /** Cases that the other side decides, at a pace that lasts into the cut. */
    private static void apply(Trial side, String division, int count) {
        for (int i = 0; i < count; i++) {
            side.platform()
                    .untilAnswered(
                            "/api/v1/applications",
                            UUID.randomUUID().toString(),
                            side.newSeed().application(LoadDriver.ECONOMY).replace("310101002", division));
            Crashes.live(Duration.ofMillis(500));
        }
    }

    private static void cut(Duration length, List<TcpProxy> lines, Trial city, Trial province) {
        lines.forEach(line -> line.refuse(true));
        lines.forEach(TcpProxy::cutAll);
        long begin = System.nanoTime();
        Crashes.live(length.dividedBy(4));
        kill(city);
        Crashes.live(length.dividedBy(4));
        kill(province);
        long left = length.toNanos() - (System.nanoTime() - begin);
        Crashes.live(Duration.ofNanos(Math.max(0, left)));
        for (Trial side : List.of(city, province)) {
            long waiting = side.database().count("select count(*) from exchange_sent where settled_at is null")
                    + side.pending();
            side.note("waiting when the line came back", waiting);
            assertThat(waiting).as("what waits for the line").isPositive();
        }
        lines.forEach(line -> line.refuse(false));
        Crashes.live(Duration.ofSeconds(1));
    }

    private static void kill(Trial side) {
        side.hub().kill();
        side.hub().start();
    }

    /** What one side has done may still be told to the other. */
    private static void awaitDone(Trial city, Trial province) {
        for (Trial side : List.of(city, province, city, province)) {
            await().alias("all cases done")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> side.database().count("select count(*) from case_file where status <> ?", DONE) == 0);
            side.awaitQuiet();
        }
    }

    /** All that one side sent and the other signed for, each message once and with the same bytes; and nothing else. */
    private static void requireEqual(Trial sender, String receiverId, Trial receiver, String senderId) {
        List<HubDatabase.Row> sent = sender.database()
                .rows(
                        "select message_id::text, encode(digest, 'hex') from exchange_sent where partner = ? order by 1",
                        receiverId);
        List<HubDatabase.Row> accepted = receiver.database().rows("""
                        select x.idempotency_key, encode(k.digest, 'hex') from exchange_message x
                            join message_key k on k.partner = x.partner and k.idempotency_key = x.idempotency_key
                        where x.partner = ? order by 1
                        """, senderId);
        assertThat(sent).isEqualTo(accepted).isNotEmpty();
        // Evidence is told after its message, and once more where the line broke under it.
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(ladder(sender, receiverId, "sent"))
                        .containsExactlyElementsOf(ladder(receiver, senderId, "received")));
        JsonNode report = count(sender, receiverId);
        assertThat(DIFFERENCES)
                .as(report.toString())
                .allSatisfy(kind -> assertThat(report.path("counts").path(kind).intValue(-1))
                        .isZero());
        sender.note("messages that both have", sent.size())
                .note("lines of " + receiverId + " in its manifest", report.path("lines"));
    }

    private static List<String> ladder(Trial side, String other, String direction) {
        String steps = "select message_id, kind, encode(sha256(evidence), 'hex') from exchange_evidence"
                + " where partner = ? and direction = ? order by 1, 2, 3";
        return side.database().rows(steps, other, direction).stream()
                .map(row -> "%s %s %.8s".formatted(row.get(0), row.get(1), row.get(2)))
                .toList();
    }

    private static JsonNode count(Trial side, String neighbour) {
        String day = JsonMapper.shared()
                .readTree(side.hub()
                        .operate("/reconciliation/%s/count".formatted(neighbour), "{\"reason\":\"as a trial\"}")
                        .body())
                .path("day")
                .asString();
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> side.hub()
                                .operatorSees("/reconciliation?date=%s&partner=%s".formatted(day, neighbour))
                                .path("reports")
                                .path(0),
                        report -> report.path("state").asString("").equals("done"));
    }
}
