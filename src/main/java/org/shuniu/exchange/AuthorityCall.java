package org.shuniu.exchange;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.shuniu.timestamp.NotStamped;
import org.shuniu.timestamp.TimeStampAuthority;

/** Asks a time-stamp authority over HTTP. */
final class AuthorityCall {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI address;
    private final Duration deadline;

    /** @param deadline of the whole call, with its body */
    AuthorityCall(URI address, Duration deadline) {
        this.address = address;
        this.deadline = deadline;
    }

    byte[] ask(byte[] query) throws NotStamped, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/timestamp-query")
                .header("Accept", "application/timestamp-reply")
                .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                .build();
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request, head -> new LimitedBody(TimeStampAuthority.LARGEST));
        try {
            HttpResponse<byte[]> answer = call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new NotStamped("HTTP %d".formatted(answer.statusCode()));
            }
            return answer.body();
        } catch (TimeoutException late) {
            throw new NotStamped("no complete answer within %d ms".formatted(deadline.toMillis()));
        } catch (ExecutionException failed) {
            throw new NotStamped(
                    "the connection broke: " + failed.getCause().getClass().getSimpleName());
        } finally {
            call.cancel(true);
        }
    }
}
