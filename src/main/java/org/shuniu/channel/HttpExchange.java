package org.shuniu.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** One HTTP request under a total deadline, its outcome sorted by what it means for the message. */
final class HttpExchange {

    private static final int LARGEST_ANSWER = 1024 * 1024;
    private static final int MOST_CONNECTIONS = 256;
    private static final TimeValue STALE = TimeValue.ofMilliseconds(100);
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    private static final Set<Integer> WRONG_REQUEST = Set.of(400, 404, 405, 406, 411, 413, 414, 415, 431, 501);

    /** Ends calls whose time is over; a socket's own time-out begins anew with every byte. */
    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final CloseableHttpClient client;

    /** @param connect time to reach the partner */
    HttpExchange(Duration connect) {
        this(connect, DefaultClientTlsStrategy.createDefault(), Duration.ofDays(1));
    }

    /**
     * @param connect time to reach the partner
     * @param tls whom the hub trusts there, and what it shows of itself
     * @param life of a connection, however much it is used
     */
    HttpExchange(Duration connect, TlsSocketStrategy tls, Duration life) {
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(connect))
                .setValidateAfterInactivity(STALE)
                .setTimeToLive(TimeValue.of(life))
                .build();
        // Nothing is repeated, followed or decoded behind the hub's back.
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(connection)
                        .setTlsSocketStrategy(tls)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .build())
                .evictIdleConnections(IDLE)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "http-deadline");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    /** Sends and reads the whole answer, or gives up at the deadline; a new connection has its own, shorter time. */
    Reply send(HttpPost request, long endBy) {
        return send(request, endBy, HttpExchange::sort);
    }

    /**
     * As the other, for a protocol that says itself what an answer means.
     *
     * @param endBy {@link System#nanoTime}
     */
    Reply send(HttpUriRequestBase request, long endBy, HttpClientResponseHandler<Reply> sorting) {
        AtomicBoolean late = new AtomicBoolean();
        long left = endBy - System.nanoTime();
        if (left <= 0) {
            return new Reply.Unavailable(TimelyEntity.OVER, null);
        }
        if (request.getEntity() != null) {
            request.setEntity(new TimelyEntity(request.getEntity(), endBy));
        }
        Future<?> end = WATCH.schedule(
                () -> {
                    late.set(true);
                    request.abort();
                },
                left,
                TimeUnit.NANOSECONDS);
        try {
            return client.execute(request, sorting);
        } catch (TimelyEntity.NotWritten cut) {
            return new Reply.Unavailable(cut.getMessage(), null);
        } catch (IOException | RuntimeException failure) {
            return late.get()
                    ? new Reply.Unknown(
                            // Whole seconds: what fails alike is counted together by its reason.
                            "no complete answer within %d ms".formatted((left + 999_999_999) / 1_000_000_000 * 1_000))
                    : sort(failure);
        } finally {
            end.cancel(false);
        }
    }

    private static Reply sort(ClassicHttpResponse answer) throws IOException {
        int status = answer.getCode();
        byte[] body = body(answer);
        if (status / 100 == 2 || status == 409 || status == 422) {
            return new Reply.Answered(
                    status, body, header(answer, "Content-Type").orElse(null));
        }
        if (status == 429 || status == 503) {
            return new Reply.Unavailable("HTTP %d".formatted(status), retryAfter(answer));
        }
        if (status == 401 || status == 403) {
            return new Reply.CredentialsRefused(
                    "HTTP %d: the partner does not accept the hub's credentials".formatted(status), body);
        }
        return WRONG_REQUEST.contains(status)
                ? new Reply.Invalid("HTTP %d: the partner refuses the request's form".formatted(status))
                : new Reply.Unknown("HTTP %d".formatted(status));
    }

    /** One byte more than allowed is enough to know; the rest is never read. */
    static byte[] body(ClassicHttpResponse answer) throws IOException {
        HttpEntity entity = answer.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        byte[] body = entity.getContent().readNBytes(LARGEST_ANSWER + 1);
        if (body.length > LARGEST_ANSWER) {
            answer.close();
            throw new ContentTooLongException("The answer is larger than " + LARGEST_ANSWER + " bytes");
        }
        return body;
    }

    private static Optional<String> header(ClassicHttpResponse answer, String name) {
        return Optional.ofNullable(answer.getFirstHeader(name)).map(Header::getValue);
    }

    /** When the partner asked to be called again, or null. */
    static Duration retryAfter(ClassicHttpResponse answer) {
        return header(answer, "Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    /** Only what failed before the request went out is surely without effect. */
    private static Reply sort(Exception failure) {
        boolean before = failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof UnknownHostException
                || failure instanceof SSLHandshakeException;
        String reason = failure.getClass().getSimpleName();
        if (before) {
            return new Reply.Unavailable("no connection: %s".formatted(reason), null);
        }
        return new Reply.Unknown(
                failure instanceof IOException ? "the connection broke: %s".formatted(reason) : reason);
    }

    void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
