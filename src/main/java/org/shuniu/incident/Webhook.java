package org.shuniu.incident;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts notices as JSON to one address that the settings name; redirections are not followed. */
final class Webhook implements Channel {

    private static final String HMAC = "HmacSHA256";

    private final HttpClient client;
    private final URI url;
    private final Duration deadline;
    private final Optional<String> signature;
    private final Optional<String> token;

    /**
     * @param deadline total time of one call
     * @param signature secret that signs
     * @param token secret that is shown
     */
    Webhook(URI url, Duration deadline, Optional<String> signature, Optional<String> token) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(deadline)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.url = url;
        this.deadline = deadline;
        this.signature = signature;
        this.token = token;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public String body(NoticeWords words, NoticeWords.News news) {
        return words.json(news);
    }

    @Override
    public boolean knowsItAgain() {
        return true;
    }

    @Override
    public void send(UUID id, String body) throws NotTaken {
        CompletableFuture<HttpResponse<Void>> call =
                client.sendAsync(request(id, body), HttpResponse.BodyHandlers.discarding());
        try {
            int status = call.get(deadline.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status / 100 != 2) {
                throw NotTaken.surely("HTTP " + status);
            }
        } catch (TimeoutException late) {
            throw NotTaken.perhaps("no complete answer within %d ms".formatted(deadline.toMillis()));
        } catch (ExecutionException failure) {
            throw NotTaken.perhaps(failure.getCause().getClass().getSimpleName());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw NotTaken.perhaps("interrupted");
        } finally {
            call.cancel(true);
        }
    }

    private HttpRequest request(UUID id, String body) {
        String time = Long.toString(Instant.now().getEpochSecond());
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("X-Shuniu-Notice", id.toString())
                .header("X-Shuniu-Time", time);
        signature.ifPresent(
                secret -> request.header("X-Shuniu-Signature", "sha256=" + sign(secret, time + "." + body)));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
