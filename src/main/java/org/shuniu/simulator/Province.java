package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.shuniu.ShuniuApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** The demo's second hub: started once the first is ready, started again when it dies, and told to end with the first. */
final class Province implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Province.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** Whoever has lived so long has not died of its settings. */
    private static final Duration LONG_LIFE = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProvinceSettings settings;
    private final ProvinceProperties properties;
    private final DeltaCitizens citizens;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watch = new Thread(this::keepUp, "province");
    private Process process;

    Province(ProvinceSettings settings, ProvinceProperties properties, DeltaCitizens citizens) {
        this.settings = settings;
        this.properties = properties;
        this.citizens = citizens;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        watch.setDaemon(true);
        watch.start();
        citizens.start();
    }

    private void keepUp() {
        Duration pause = SHORTEST_PAUSE;
        while (closing.getCount() > 0) {
            long begun = System.nanoTime();
            String end = liveOnce();
            pause = System.nanoTime() - begun > LONG_LIFE.toNanos() ? SHORTEST_PAUSE : pause;
            // Only after a while: at the end of both, this one may be the first to hear of it.
            if (!Waiting.upTo(closing, pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The demo's second hub {}; it is started again. Its log was {}", end, log());
            }
            pause = longer(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** One life of the process, and how it ended. */
    private String liveOnce() {
        try {
            ProvinceFolders.make(settings);
            Process started = start();
            return started == null ? "was not started" : "ended with " + started.waitFor();
        } catch (IOException | UncheckedIOException failure) {
            return "could not be started: " + failure.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "was left";
        }
    }

    private synchronized Process start() throws IOException {
        if (closing.getCount() == 0) {
            return null;
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(properties.memory().toMegabytes()),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ShuniuApplication.class.getName()));
        command.addAll(settings.ofTheProvince());
        // Its standard input stays open for as long as this process lives, and tells it the end.
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        return process;
    }

    private Path log() {
        return settings.directory().resolve("hub.log");
    }

    /** Both end side by side. */
    @EventListener(ContextClosedEvent.class)
    void ending() {
        closing.countDown();
        Process last = last();
        if (last != null) {
            try {
                last.getOutputStream().close();
            } catch (IOException failure) {
                last.destroy();
            }
        }
    }

    @Override
    public void close() {
        ending();
        citizens.close();
        try {
            Process last = last();
            if (last != null && !last.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                last.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Process last() {
        return process;
    }
}
