package org.shuniu.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** One HTTP request under a total deadline, its outcome sorted by what it means for the message. */
final class HttpExchange {

    private static final int LARGEST_ANSWER = 1024 * 1024;
    private static final Set<Integer> WRONG_REQUEST = Set.of(400, 404, 405, 406, 411, 413, 414, 415, 431, 501);

    private final HttpClient client;

    /** @param connect time to reach the partner */
    HttpExchange(Duration connect) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Sends and reads the whole answer, or gives up at the deadline; a new connection has its own, shorter time. */
    Reply send(HttpRequest.Builder request, Duration deadline) {
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request.timeout(deadline).build(), information -> new LimitedBody(LARGEST_ANSWER));
        try {
            return sort(pending.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            pending.cancel(true);
            return new Reply.Unknown("no complete answer within %d ms".formatted(deadline.toMillis()));
        } catch (ExecutionException failure) {
            return sort(failure.getCause());
        } catch (CancellationException cancelled) {
            return new Reply.Unknown("the call was cancelled");
        } catch (InterruptedException interrupted) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Unknown("the hub stopped during the call");
        }
    }

    private static Reply sort(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2 || status == 409 || status == 422) {
            return new Reply.Answered(
                    status,
                    answer.body(),
                    answer.headers().firstValue("Content-Type").orElse(null));
        }
        if (status == 429 || status == 503) {
            return new Reply.Unavailable("HTTP %d".formatted(status), retryAfter(answer));
        }
        if (status == 401 || status == 403) {
            return new Reply.CredentialsRefused(
                    "HTTP %d: the partner does not accept the hub's credentials".formatted(status));
        }
        return WRONG_REQUEST.contains(status)
                ? new Reply.Invalid("HTTP %d: the partner refuses the request's form".formatted(status))
                : new Reply.Unknown("HTTP %d".formatted(status));
    }

    private static Duration retryAfter(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    /** Only what failed before the request went out is surely without effect. */
    private static Reply sort(Throwable failure) {
        boolean before = failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnresolvedAddressException
                || failure instanceof SSLHandshakeException;
        String reason = failure.getClass().getSimpleName();
        if (before) {
            return new Reply.Unavailable("no connection: %s".formatted(reason), null);
        }
        return new Reply.Unknown(
                failure instanceof IOException ? "the connection broke: %s".formatted(reason) : reason);
    }
}
