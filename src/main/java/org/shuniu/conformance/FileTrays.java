package org.shuniu.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.shuniu.batch.Batch;
import org.shuniu.batch.BatchFile;
import org.shuniu.channel.Call;
import org.shuniu.channel.FileServer;
import org.shuniu.channel.FileVisit;
import org.shuniu.channel.Reply;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.FileExchange;

/**
 * The tray for the office's system: each message becomes a file of its own as a hub writes it, and all that wait are taken there by one
 * visit.
 */
final class FileTrays {

    /** A file that is on its way. */
    private static final class Posted {
        private final Batch batch;
        private final byte[] content;
        private volatile @Nullable Reply reply;

        Posted(Batch batch, byte[] content) {
            this.batch = batch;
            this.content = content;
        }
    }

    private final String partner;
    private final FileExchange files;
    private final FileServer server;
    private final BatchFile format;
    private final Map<UUID, Posted> posted = new ConcurrentHashMap<>();
    private final Queue<Posted> waiting = new ConcurrentLinkedQueue<>();
    private final Object visiting = new Object();
    private long number;

    FileTrays(String partner, FileExchange files, FileServer server) {
        this.partner = partner;
        this.files = files;
        this.server = server;
        this.format = new BatchFile(files);
    }

    /** What is sent again is the same file under its number, as after an upload that got no answer. */
    Reply handIn(Call call) {
        Posted before = posted.get(call.messageId());
        Posted now = call.again() && before != null
                ? new Posted(before.batch, before.content)
                : file(List.of(call), UnaryOperator.identity());
        posted.put(call.messageId(), now);
        return sent(now);
    }

    /** One file of several. */
    Reply handInTogether(List<Call> calls) {
        return sent(file(calls, UnaryOperator.identity()));
    }

    /** Only the first half of the file gets there. */
    Reply handInHalf(Call call) {
        return sent(file(List.of(call), whole -> Arrays.copyOf(whole, whole.length / 2)));
    }

    private Posted file(List<Call> calls, UnaryOperator<byte[]> change) {
        Instant now = Instant.now();
        long next = next(now);
        String name = files.send().name().write(next, calls.size(), LocalDateTime.ofInstant(now, CaseTimes.SHANGHAI));
        Batch batch = new Batch(partner, next, name, calls.size(), now, 0);
        byte[] content = format.write(batch, calls.stream().map(Call::body).toList());
        return new Posted(batch, change.apply(content));
    }

    /** As a hub counts: the seconds of the clock, and never a number twice. */
    private synchronized long next(Instant now) {
        number = Math.max(number + 1, now.getEpochSecond());
        return number;
    }

    /** Whoever comes first takes along the files of all who wait for him to come back. */
    private Reply sent(Posted mine) {
        waiting.add(mine);
        synchronized (visiting) {
            if (mine.reply == null) {
                visit();
            }
            return mine.reply;
        }
    }

    private void visit() {
        List<Posted> all = new ArrayList<>();
        for (Posted one = waiting.poll(); one != null; one = waiting.poll()) {
            all.add(one);
        }
        Reply left = new Reply.NotBegun("its server was not reached");
        try {
            left = write(all);
        } finally {
            for (Posted one : all) {
                one.reply = one.reply == null ? left : one.reply;
            }
        }
    }

    /** @return what becomes of those that are not written */
    private Reply write(List<Posted> all) {
        try (FileVisit visit = server.visit()) {
            for (Posted one : all) {
                visit.write(files.send().directory(), one.batch.name(), one.content);
                if (files.send().marker().isPresent()) {
                    visit.write(
                            files.send().directory(),
                            one.batch.name() + files.send().marker().get(),
                            new byte[0]);
                }
                one.reply = new Reply.Taken();
            }
            return new Reply.Taken();
        } catch (IOException failure) {
            String why = failure.getClass().getSimpleName();
            return FileServer.isStrange(failure)
                    ? new Reply.CredentialsRefused(
                            "its server does not let the hub in", why.getBytes(StandardCharsets.UTF_8))
                    : new Reply.Unavailable("its server could not be written to: " + why, null);
        }
    }
}
