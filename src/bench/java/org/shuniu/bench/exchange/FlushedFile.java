package org.shuniu.bench.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A file that is flushed once for all that arrive together. */
final class FlushedFile {

    private record Arrival(byte[] body, CompletableFuture<Void> kept) {}

    private static final int GROUP = 200;

    private final BlockingQueue<Arrival> line = new LinkedBlockingQueue<>();
    private final FileChannel channel;

    private FlushedFile(FileChannel channel) {
        this.channel = channel;
    }

    static FlushedFile open(Path path) throws IOException {
        FlushedFile file = new FlushedFile(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        new Thread(file::run, "floor-flush").start();
        return file;
    }

    /** Ends when these bytes are on disk. */
    CompletableFuture<Void> append(byte[] body) {
        Arrival arrival = new Arrival(body, new CompletableFuture<>());
        line.add(arrival);
        return arrival.kept();
    }

    private void run() {
        List<Arrival> group = new ArrayList<>();
        try {
            while (true) {
                group.add(line.take());
                line.drainTo(group, GROUP - 1);
                for (Arrival arrival : group) {
                    channel.write(ByteBuffer.wrap(arrival.body()));
                }
                channel.force(false);
                group.forEach(arrival -> arrival.kept().complete(null));
                group.clear();
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("The floor's file ended", failure);
        }
    }
}
