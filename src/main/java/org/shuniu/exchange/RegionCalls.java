package org.shuniu.exchange;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.Partner;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.MessageVerifier;
import org.shuniu.signature.SignatureRefused;
import org.shuniu.signature.SignedMessage;

/** Reads what another region's hub has on record, and hands it what the hub signs of that; every answer must be signed. */
final class RegionCalls {

    /** What could not be had; the reason holds no content. */
    static final class NotHad extends Exception {

        private static final long serialVersionUID = 1L;

        NotHad(String why) {
            super(why, null, false, false);
        }
    }

    /** An answer, and what the region signed. */
    record Answer(byte[] body, MessageVerifier.Verified signature) {}

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final List<String> READING = List.of("@method", "@target-uri");
    private static final List<String> WRITING =
            List.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key");
    private static final Set<String> OF_AN_ANSWER = Set.of("@status", "content-type", "content-digest");

    private final Function<String, Optional<ExchangeProfile>> profiles;
    private final SigningKeys keys;
    private final Clock clock;
    private final Supplier<SSLContext> tls;
    private volatile Known known;

    /** Calls show the certificate of the context that they were made with. */
    private record Known(SSLContext context, HttpClient client) {}

    /**
     * @param profiles what is agreed now, by partner
     * @param tls whom the hub trusts there, and the certificate that it shows
     */
    RegionCalls(
            Function<String, Optional<ExchangeProfile>> profiles,
            SigningKeys keys,
            Clock clock,
            Supplier<SSLContext> tls) {
        this.profiles = profiles;
        this.keys = keys;
        this.clock = clock;
        this.tls = tls;
        this.known = known(tls.get());
    }

    private static Known known(SSLContext context) {
        return new Known(
                context,
                HttpClient.newBuilder()
                        .sslContext(context)
                        .connectTimeout(CONNECT)
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build());
    }

    /** A renewed certificate is shown from the next call on. */
    private HttpClient client() {
        SSLContext now = tls.get();
        if (known.context() != now) {
            known = known(now);
        }
        return known.client();
    }

    Answer get(Partner partner, String path) throws NotHad, InterruptedException {
        URI target = target(partner, path);
        Instant now = clock.instant();
        MessageSigner.Signed signature = MessageSigner.sign(
                SignedMessage.request("GET", target, Map.of()),
                READING,
                keys.at(now),
                now,
                UUID.randomUUID().toString());
        return call(partner, signed(HttpRequest.newBuilder(target).GET(), signature));
    }

    /**
     * @param now when it is signed, by the key of that moment
     * @return what the hub signed
     */
    MessageSigner.Signed post(Partner partner, String path, byte[] body, Instant now)
            throws NotHad, InterruptedException {
        URI target = target(partner, path);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", ReceiptSigner.MEDIA_TYPE);
        fields.put("Content-Digest", ContentDigest.of(body));
        fields.put("Idempotency-Key", '"' + UUID.randomUUID().toString() + '"');
        Map<String, List<String>> covered = new HashMap<>();
        fields.forEach((name, value) -> covered.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        MessageSigner.Signed signature =
                MessageSigner.sign(SignedMessage.request("POST", target, covered), WRITING, keys.at(now), now, null);
        HttpRequest.Builder request = HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        fields.forEach(request::header);
        call(partner, signed(request, signature));
        return signature;
    }

    private URI target(Partner partner, String path) throws NotHad {
        return URI.create(
                profile(partner).base().orElseThrow(() -> new NotHad("the partner's profile says no address")) + path);
    }

    private ExchangeProfile profile(Partner partner) throws NotHad {
        return profiles.apply(partner.id())
                .orElseThrow(() -> new NotHad("the partner has no profile of the exchange any more"));
    }

    private static HttpRequest signed(HttpRequest.Builder request, MessageSigner.Signed signature) {
        return request.header("Signature-Input", signature.input())
                .header("Signature", signature.signature())
                .build();
    }

    /** The whole call, with its body, has the partner's deadline. */
    private Answer call(Partner partner, HttpRequest request) throws NotHad, InterruptedException {
        Duration deadline = partner.delivery().deadline();
        CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request, head -> new LimitedBody(LARGEST));
        try {
            return verified(partner, answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            throw new NotHad("no complete answer within %d ms".formatted(deadline.toMillis()));
        } catch (ExecutionException failed) {
            throw new NotHad(
                    "the connection broke: " + failed.getCause().getClass().getSimpleName());
        } finally {
            answer.cancel(true);
        }
    }

    private Answer verified(Partner partner, HttpResponse<byte[]> answer) throws NotHad {
        if (answer.statusCode() != 200) {
            throw new NotHad("HTTP %d".formatted(answer.statusCode()));
        }
        Map<String, List<String>> fields = new HashMap<>();
        answer.headers().map().forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), values));
        ExchangeProfile profile = profile(partner);
        try {
            ContentDigest.check(fields.getOrDefault("content-digest", List.of()), answer.body());
            MessageVerifier verifier =
                    new MessageVerifier(keyid -> profile.key(keyid, ExchangeProfile.Purpose.RECEIPT), profile.window());
            return new Answer(
                    answer.body(), verifier.verify(SignedMessage.answer(200, fields), OF_AN_ANSWER, clock.instant()));
        } catch (SignatureRefused refused) {
            throw new NotHad("the answer does not count: " + refused.name());
        }
    }
}
