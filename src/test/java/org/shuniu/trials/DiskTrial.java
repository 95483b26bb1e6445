package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Directories that cannot be written; needs the right to mount. */
class DiskTrial {

    private static final int ATTACHMENT = 600_000;

    @Test
    void refusesAttachmentsWithoutRoomAndRecovers() throws Exception {
        requireMounts();
        try (Trial trial = Trial.of(
                "F16 F17 attachments",
                "the attachments' directory is full, then read-only, then well again",
                hub -> hub.set("shuniu.attachments.disk-reserve", "0B"))) {
            Mount disk = trial.mount(trial.hub().data().resolve("attachments"), "2m");
            trial.ready();
            int full = uploadUntilRefused(trial);
            disk.remount("ro,size=2m");
            int readOnly = upload(trial, 1_000);
            trial.platform().send(20, 2);
            disk.remount("rw,size=64m");
            int well = upload(trial, ATTACHMENT);
            trial.note("answer when full", full)
                    .note("answer when read-only", readOnly)
                    .note("answer when well again, without a restart", well)
                    .prove();
            assertThat(full).as("answer when full").isEqualTo(503);
            assertThat(readOnly).as("answer when read-only").isEqualTo(503);
            assertThat(well).as("answer when well again").isBetween(200, 204);
        }
    }

    private static int uploadUntilRefused(Trial trial) throws Exception {
        int status = 0;
        for (int i = 0; i < 10 && status < 400; i++) {
            status = upload(trial, ATTACHMENT);
        }
        return status;
    }

    private static int upload(Trial trial, int size) throws Exception {
        byte[] content = new byte[size];
        new Random().nextBytes(content);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        HttpResponse<String> answer = trial.hub()
                .send(trial.hub()
                        .request("/api/v1/attachments/sha256:" + digest)
                        .header("Authorization", "Bearer " + trial.hub().secret("acceptance-platform-token"))
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
        return answer.statusCode();
    }

    @Test
    void goesOnAcceptingWhenTheBrokersDiskIsFull() throws Exception {
        requireMounts();
        try (Trial trial = Trial.of("F16 broker", "the broker's disk is full under load, then there is room again")) {
            Mount disk = trial.mount(trial.hub().data().resolve("broker"), "96m");
            trial.ready();
            trial.platform().start(8, 40);
            Crashes.live(Duration.ofSeconds(3));
            disk.fill();
            int before = trial.platform().answers("202");
            Crashes.live(Duration.ofSeconds(10));
            int accepted = trial.platform().answers("202") - before;
            disk.empty();
            Crashes.live(Duration.ofSeconds(5));
            trial.note("accepted while it was full", accepted);
            assertThat(accepted).as("accepted while the broker's disk was full").isPositive();
            trial.prove();
        }
    }

    @Test
    void stopsAcceptingWhenTheDatabasesDiskIsFullAndRecovers() throws Exception {
        requireMounts();
        try (Trial trial =
                Trial.of("F16 database", "the database's disk is full under load, then there is room again")) {
            Mount disk = trial.mount(trial.hub().data().resolve("postgres"), "400m");
            PostgresServer.run(
                    "chmod", "700", trial.hub().data().resolve("postgres").toString());
            trial.ready();
            trial.platform().start(8, 60);
            Crashes.live(Duration.ofSeconds(3));
            disk.fill();
            int before = notAccepted(trial);
            Crashes.live(Duration.ofSeconds(10));
            int refused = notAccepted(trial) - before;
            disk.empty();
            Crashes.live(Duration.ofSeconds(5));
            boolean alive = trial.hub().isAlive();
            trial.note("not accepted while it was full", refused).note("hub lived on", alive);
            assertThat(refused)
                    .as("not accepted while the database's disk was full")
                    .isPositive();
            trial.prove();
        }
    }

    private static int notAccepted(Trial trial) {
        return trial.platform().answers("503") + trial.platform().answers("none");
    }

    @Test
    void goesOnAndSealsLaterWhenTheDiskOfTheSealsIsFull() throws Exception {
        requireMounts();
        try (Trial trial =
                Trial.of("F16 seals", "the disk of the seals is full under load, then there is room again")) {
            Mount disk = trial.mount(trial.hub().data().resolve("evidence"), "1m");
            trial.ready();
            trial.platform().start(8, 40);
            Crashes.live(Duration.ofSeconds(3));
            disk.fill();
            int before = trial.platform().answers("202");
            Crashes.live(Duration.ofSeconds(12));
            int accepted = trial.platform().answers("202") - before;
            boolean said = trial.hub().output().contains("are not sealed, they will be later");
            disk.empty();
            trial.note("accepted while it was full", accepted).note("said that nothing is sealed", said);
            assertThat(accepted)
                    .as("accepted while the disk of the seals was full")
                    .isPositive();
            assertThat(said).as("said that nothing is sealed").isTrue();
            // The proof says that all is sealed in the end, in the table and in the file.
            trial.prove();
        }
    }

    @Test
    void goesOnWhenTheDiskOfTheLogIsFull() throws Exception {
        requireMounts();
        try (Trial trial = Trial.of("F16 log", "the disk of the log is full under load, then there is room again")) {
            Path logs = trial.directory().resolve("logs");
            Mount disk = trial.mount(logs, "2m");
            trial.hub().logs(logs);
            trial.ready();
            trial.platform().start(8, 40);
            Crashes.live(Duration.ofSeconds(3));
            disk.fill();
            trial.departments().fault("economy", "error");
            int before = trial.platform().answers("202");
            Crashes.live(Duration.ofSeconds(10));
            int accepted = trial.platform().answers("202") - before;
            disk.empty();
            trial.departments().mend();
            trial.note("accepted while it was full", accepted);
            assertThat(accepted)
                    .as("accepted while the disk of the log was full")
                    .isPositive();
            trial.prove();
        }
    }

    private static void requireMounts() {
        assumeThat(System.getProperty("user.name")).as("only root may mount").isEqualTo("root");
        assumeThat(Files.isExecutable(Path.of("/bin/mount")))
                .as("mount is there")
                .isTrue();
    }
}
