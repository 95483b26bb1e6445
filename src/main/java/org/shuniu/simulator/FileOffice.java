package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An office that knows nothing but files: looks into its in-tray every 200 ms and answers through its out-tray. */
final class FileOffice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileOffice.class);
    private static final int LOOK_MILLIS = 200;

    private record Later(Fault fault, Instant due, Runnable work) {
        boolean isDue() {
            return fault.isLifted() || !Instant.now().isBefore(due);
        }
    }

    private final Path in;
    private final Path out;
    private final Path count;
    private final FileClerk clerk;
    private final PartnerFaults faults;
    private final List<Later> later = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;

    FileOffice(String partner, Path home, FileClerk clerk, PartnerFaults faults) {
        this.in = home.resolve("in");
        this.out = home.resolve("out");
        this.count = home.resolve("count");
        this.clerk = clerk;
        this.faults = faults;
        this.worker = new Thread(this::run, "simulator-" + partner);
    }

    void start() {
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void close() {
        closing.countDown();
        Waiting.forEndOf(worker);
    }

    private void run() {
        while (!Waiting.upTo(closing, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            try {
                List<Later> due = later.stream().filter(Later::isDue).toList();
                later.removeAll(due);
                due.forEach(owed -> owed.work().run());
                for (Path file : tray()) {
                    visit(file);
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("The files of {} wait: {}", worker.getName(), e.toString());
            }
        }
    }

    private List<Path> tray() throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(this::isComplete).sorted().toList();
        }
    }

    private boolean isComplete(Path file) {
        String name = file.getFileName().toString();
        return clerk.names().matcher(name).matches()
                && (clerk.marker().isEmpty() || Files.exists(in.resolve(name + clerk.marker())));
    }

    private void visit(Path file) throws IOException {
        Fault fault = faults.shown() == FaultKind.TIMEOUT_AFTER_WORK ? Fault.none() : faults.next();
        if (fault.is(FaultKind.DOWN) || fault.is(FaultKind.ERROR)) {
            return;
        }
        if (fault.is(FaultKind.SLOW)) {
            fault.sitOut();
        }
        String name = file.getFileName().toString();
        List<AnswerFile> answers = clerk.work(name, Files.readAllBytes(file), fault);
        clerk.count().ifPresent(listing -> put(count, listing.name(), listing.content()));
        answers.forEach(answer -> answer(answer, fault));
        Files.deleteIfExists(in.resolve(name + clerk.marker()));
        Files.deleteIfExists(file);
    }

    private void answer(AnswerFile answer, Fault fault) {
        switch (fault.kind()) {
            case LATE_RESULT -> afterwards(fault, () -> put(answer.name(), answer.content()));
            case HALF_WRITTEN -> {
                write(out.resolve(answer.name()), Arrays.copyOf(answer.content(), answer.content().length / 2));
                mark(out, answer.name());
                afterwards(fault, () -> put(answer.name(), answer.content()));
            }
            case WRONG_COUNT -> {
                put(answer.name(), answer.wrong());
                afterwards(fault, () -> correct(answer));
            }
            case NO_MARKER -> {
                move(out.resolve(answer.name()), answer.content());
                afterwards(fault, () -> mark(out, answer.name()));
            }
            case DUPLICATE_RESULT -> {
                put(answer.name(), answer.content());
                afterwards(fault, () -> put(answer.name(), answer.content()));
                afterwards(fault, () -> put(answer.name().replace("R", "R9"), answer.content()));
            }
            default ->
                later.add(new Later(
                        fault,
                        answer.late() ? Instant.now().plusMillis(LOOK_MILLIS) : Instant.MIN,
                        () -> put(answer.name(), answer.content())));
        }
    }

    private void afterwards(Fault fault, Runnable work) {
        later.add(new Later(fault, Instant.now().plus(fault.length()), work));
    }

    /** Within the second that a server tells the time of a file in. */
    private void correct(AnswerFile answer) {
        Path file = out.resolve(answer.name());
        try {
            FileTime then = Files.getLastModifiedTime(file);
            put(answer.name(), answer.content());
            Files.setLastModifiedTime(file, then);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String name, byte[] content) {
        put(out, name, content);
    }

    private void put(Path tray, String name, byte[] content) {
        move(tray.resolve(name), content);
        mark(tray, name);
    }

    private static void move(Path file, byte[] content) {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        write(unfinished, content);
        try {
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mark(Path tray, String name) {
        if (!clerk.marker().isEmpty()) {
            write(tray.resolve(name + clerk.marker()), new byte[0]);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
