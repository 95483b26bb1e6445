package org.shuniu.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets work that arrives together share one transaction: one flush to disk, many answers.
 *
 * <p>A group that fails for a row is split until the culprit stands alone, so that no row decides for its neighbour; one
 * that fails because the database is away fails as a whole.
 *
 * @param <T> one piece of work
 * @param <R> what it came to
 */
public final class GroupCommit<T, R> implements AutoCloseable {

    /** Writes a group in one transaction and answers in the group's order. */
    @FunctionalInterface
    public interface Writer<T, R> {
        List<R> write(List<T> group);
    }

    private record Waiting<T, R>(T work, CompletableFuture<R> outcome) {}

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    /** In a group: the next one is waited for. */
    private static final int MUCH = 4;

    private final BlockingQueue<Waiting<T, R>> line;
    private final Writer<T, R> writer;
    private final int groupSize;
    private final Duration patience;
    private final Duration gathering;
    private final Thread committer;
    private volatile boolean open = true;

    /**
     * @param name of the committing thread
     * @param lineLength how much may wait at a time
     * @param groupSize how much may share one transaction
     * @param patience how long one piece of work may wait for its commit
     * @param gathering how long others are waited for while much is done, so that fewer groups do the same; what comes alone
     *     never waits
     */
    public GroupCommit(
            String name, int lineLength, int groupSize, Duration patience, Duration gathering, Writer<T, R> writer) {
        this.line = new ArrayBlockingQueue<>(lineLength);
        this.writer = writer;
        this.groupSize = groupSize;
        this.patience = patience;
        this.gathering = gathering;
        this.committer = new Thread(this::commitForever, name);
        committer.setDaemon(true);
        committer.start();
    }

    /**
     * Waits until the work is committed.
     *
     * @throws LineFull when too much waits already or the commit did not come in time; the outcome is then unknown only
     *     if {@link LineFull#begun()}
     * @throws RuntimeException what the writer threw for this piece of work
     */
    public R commit(T work) {
        Waiting<T, R> waiting = enter(work);
        try {
            return waiting.outcome().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new LineFull(!line.remove(waiting));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LineFull(!line.remove(waiting));
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("A group commit failed", failure.getCause());
        }
    }

    /**
     * Puts work into the line without waiting for its commit.
     *
     * @return completed after the commit, or with what the writer threw for this piece of work
     * @throws LineFull when too much waits already
     */
    public CompletableFuture<R> submit(T work) {
        return enter(work).outcome();
    }

    private Waiting<T, R> enter(T work) {
        Waiting<T, R> waiting = new Waiting<>(work, new CompletableFuture<>());
        if (!open || !line.offer(waiting)) {
            throw new LineFull(false);
        }
        return waiting;
    }

    /** How much waits for a commit now. */
    public int waiting() {
        return line.size();
    }

    private void commitForever() {
        List<Waiting<T, R>> group = new ArrayList<>(groupSize);
        int before = 0;
        while (open || !line.isEmpty()) {
            try {
                Waiting<T, R> first = line.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    if (before >= MUCH && line.size() < groupSize) {
                        LockSupport.parkNanos(gathering.toNanos());
                    }
                    line.drainTo(group, groupSize - 1);
                    before = group.size();
                    write(group);
                } else {
                    before = 0;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                group.clear();
            }
        }
    }

    private void write(List<Waiting<T, R>> group) {
        try {
            List<R> outcomes = writer.write(group.stream().map(Waiting::work).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).outcome().complete(outcomes.get(i));
            }
        } catch (RuntimeException | Error failure) {
            divide(group, failure);
        }
    }

    private void divide(List<Waiting<T, R>> group, Throwable failure) {
        if (group.size() == 1 || DatabaseAway.is(failure)) {
            group.forEach(waiting -> waiting.outcome().completeExceptionally(failure));
            return;
        }
        LOG.warn(
                "A group of {} is divided after {}",
                group.size(),
                failure.getClass().getSimpleName());
        int half = group.size() / 2;
        write(group.subList(0, half));
        write(group.subList(half, group.size()));
    }

    @Override
    public void close() {
        open = false;
        try {
            committer.join(patience.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
