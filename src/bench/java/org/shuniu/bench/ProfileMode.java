package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.shuniu.bench.profile.HubProfile;
import org.shuniu.bench.subject.Subject;

/** Shows where a system's time goes at full load. */
final class ProfileMode {

    private final BenchSettings settings;

    ProfileMode(BenchSettings settings) {
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException {
        for (Subject subject : settings.subjects()) {
            profile(subject);
        }
    }

    private void profile(Subject subject) throws IOException, InterruptedException {
        Path directory = BenchSettings.DIRECTORY.resolve("profile-" + subject.label());
        Directories.empty(directory);
        try (Trial trial = Trial.start(subject, directory)) {
            HubProfile profile = HubProfile.start(trial.subject().pid());
            String told = trial.whileLoaded(settings.warmup(), () -> {
                profile.measure();
                long before = trial.lives().whole();
                double database = trial.subject().databaseCpuSeconds();
                Thread.sleep(settings.window().toMillis());
                double lives = trial.lives().whole() - before;
                double millis = (trial.subject().databaseCpuSeconds() - database) * 1000;
                return profile.stop(directory.resolve("recording.jfr"), millis, lives);
            });
            String title = "Where the time of the %s goes, load average %s.%n%n"
                    .formatted(subject.label(), Machine.now().load());
            String name = subject == Subject.HUB ? "profile.md" : "profile-%s.md".formatted(subject.label());
            Results.write(name, title + told);
            System.out.println(title + told);
        }
        Directories.remove(directory.resolve("data"));
    }
}
