package org.shuniu.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.shuniu.intake.Problem;

/** Gathers a body as it comes, with no thread of its own, and sends the request on its way when all of it is here. */
final class ArrivingBody implements ReadListener, AsyncListener {

    static final int PIECE = 8 * 1024;

    private final AsyncContext async;
    private final ServletInputStream content;
    private final int most;
    private final Consumer<byte[]> ended;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(PIECE);
    private final byte[] piece = new byte[PIECE];
    private final AtomicBoolean end = new AtomicBoolean();

    /**
     * @param most bytes that are waited for
     * @param begun what was read before
     * @param ended is told once, with what has come, whatever ended the waiting
     */
    ArrivingBody(AsyncContext async, ServletInputStream content, int most, byte[] begun, Consumer<byte[]> ended) {
        this.async = async;
        this.content = content;
        this.most = most;
        this.ended = ended;
        body.writeBytes(begun);
    }

    /** One byte more than allowed is enough to know that a document is too large. */
    @Override
    public void onDataAvailable() throws IOException {
        while (body.size() <= most && content.isReady() && !content.isFinished()) {
            int count = content.read(piece, 0, Math.min(piece.length, most + 1 - body.size()));
            body.write(piece, 0, Math.max(count, 0));
        }
        if (body.size() > most) {
            onAllDataRead();
        }
    }

    @Override
    public void onAllDataRead() {
        if (end()) {
            async.dispatch();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (end()) {
            WholeBody.answer(async.getResponse(), Problem.of("request-timeout", 408, "The body did not come in time"));
            async.complete();
        }
    }

    /** The sender is gone. */
    @Override
    public void onError(Throwable broken) {
        if (end()) {
            async.complete();
        }
    }

    private boolean end() {
        boolean first = end.compareAndSet(false, true);
        if (first) {
            ended.accept(body.toByteArray());
        }
        return first;
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // A request waits for its body once.
    }
}
