package org.shuniu.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/** Regions that wait for something to come into their inbox; they hold no thread. */
final class InboxPolls implements AutoCloseable {

    /** How the answer is written. */
    interface Answering extends BiFunction<UUID, List<Inbox.Item>, ResponseEntity<byte[]>> {}

    private record Poll(
            String partner,
            int most,
            Instant until,
            Answering answering,
            DeferredResult<ResponseEntity<byte[]>> result) {}

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int WAITING_AT_ONCE = 4;

    private final Inbox inbox;
    private final Clock clock;
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks;

    InboxPolls(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
        this.looks = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "exchange-inbox");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param wait how long, unless the region waits in too many places already */
    DeferredResult<ResponseEntity<byte[]>> poll(String partner, int most, Duration wait, Answering answering) {
        DeferredResult<ResponseEntity<byte[]>> result = new DeferredResult<>();
        boolean may = waiting.merge(partner, 1, Integer::sum) <= WAITING_AT_ONCE;
        result.onCompletion(() -> waiting.merge(partner, -1, Integer::sum));
        Instant until = clock.instant().plus(may ? wait : Duration.ZERO);
        look(new Poll(partner, most, until, answering, result));
        return result;
    }

    private void look(Poll poll) {
        if (poll.result().isSetOrExpired()) {
            return;
        }
        try {
            UUID lease = UUID.randomUUID();
            List<Inbox.Item> items = inbox.handOut(poll.partner(), poll.most(), lease);
            if (!items.isEmpty() || !clock.instant().isBefore(poll.until())) {
                poll.result().setResult(poll.answering().apply(lease, items));
            } else {
                looks.schedule(() -> look(poll), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException | Error failure) {
            poll.result().setErrorResult(failure);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
