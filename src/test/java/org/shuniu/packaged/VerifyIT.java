package org.shuniu.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar shuniu.jar verify} as auditors run it, {@code partner} as engineers do, and {@code users} as administrators. */
class VerifyIT {

    private static final String EASY_ON_THE_MACHINE = "--shuniu.simulator.traffic.per-second=5";

    @TempDir
    Path directory;

    @Test
    void findsAllInOrderWhileTheHubRunsAfterItWasKilledAndAfterItWasStopped() {
        try (JarProcess hub = new JarProcess(directory);
                JarProcess auditor = new JarProcess(directory, "verify.log")) {
            hub.start(EASY_ON_THE_MACHINE);
            assertThat(auditor.command("verify")).as(auditor.output()).isZero();
            hub.kill();
            assertThat(auditor.command("verify")).as(auditor.output()).isZero();
            hub.start(EASY_ON_THE_MACHINE);
            hub.end();

            assertThat(auditor.command("verify")).as(auditor.output()).isZero();
            assertThat(auditor.output()).contains("All evidence fits", ", 0 of them not sealed yet");
        }
    }

    @Test
    void makesUsersBesideAHubAndWithoutOneAndBreaksNoEvidence() {
        try (JarProcess hub = new JarProcess(directory);
                JarProcess administrator = new JarProcess(directory, "users.log")) {
            assertThat(administrator.command("users", "list")).isEqualTo(2);
            assertThat(administrator.output()).contains("list was not done: There is no database in");
            hub.start(EASY_ON_THE_MACHINE);
            assertThat(administrator.command("users", "add", "zhou.min", "--role=administrator"))
                    .as(administrator.output())
                    .isZero();
            assertThat(administrator.output()).contains("The password of zhou.min, told this once: ");
            hub.end();
            assertThat(administrator.command("users", "lock", "zhou.min"))
                    .as(administrator.output())
                    .isEqualTo(1);
            assertThat(administrator.output()).contains("zhou.min is the last who can log in and make users");
            assertThat(administrator.command("users", "change", "zhou.min", "--role=administrator", "--role=auditor"))
                    .as(administrator.output())
                    .isZero();
            hub.start(EASY_ON_THE_MACHINE);
            hub.end();

            assertThat(administrator.command("verify"))
                    .as(administrator.output())
                    .isZero();
            assertThat(administrator.output()).contains("All evidence fits", ", 0 of them not sealed yet");
        }
    }

    @Test
    void checksRegionsWithoutAHub() {
        try (JarProcess engineer = new JarProcess(directory, "partner.log")) {
            assertThat(engineer.command("partner", "check"))
                    .as(engineer.output())
                    .isZero();
            assertThat(engineer.output()).contains("jiangsu is prepared, not connected", "All is well.");
            assertThat(engineer.command("partner", "revoke", "jiangsu", "--key=x"))
                    .isEqualTo(2);
            assertThat(engineer.output()).contains("revoke was not done: jiangsu is no region, or is not connected");
        }
    }

    @Test
    void saysThatASealIsGoneAndThatSettingsAreUnusable() throws IOException {
        try (JarProcess hub = new JarProcess(directory);
                JarProcess auditor = new JarProcess(directory, "verify.log")) {
            Path seals = directory.resolve("data/evidence/seals.log");
            hub.start("--shuniu.simulator.traffic.per-second=2");
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(seals) && Files.size(seals) > 0);
            hub.end();
            Files.delete(seals);

            assertThat(auditor.command("verify")).isEqualTo(1);
            assertThat(auditor.output()).contains("The first line that is wrong: seal 1");
            assertThat(auditor.command("verify", "--shuniu.data-dir=nowhere")).isEqualTo(2);
            assertThat(auditor.output()).contains("verify was not done");
            assertThat(auditor.command("verfy")).isEqualTo(2);
            assertThat(auditor.output()).contains("verfy", "Did you mean", "verify");
        }
    }
}
