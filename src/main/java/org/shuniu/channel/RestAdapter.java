package org.shuniu.channel;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.shuniu.partner.Partner;

/** Speaks REST over HTTP; the message id travels as the idempotency key. */
final class RestAdapter implements ChannelAdapter {

    private final HttpExchange http;
    private final URI address;
    private final Map<String, String> operations;
    private final Credentials credentials;

    RestAdapter(Partner partner, Credentials.Factory credentials) {
        this.http = new HttpExchange(partner.delivery().connect());
        this.address = partner.address().orElseThrow();
        this.operations = partner.operations();
        this.credentials = credentials.of(partner, http);
    }

    @Override
    public Reply call(Call call) {
        String path = operations.get(call.operation());
        if (path == null) {
            return new Reply.Invalid("the partner has no operation for %s".formatted(call.operation()));
        }
        long end = System.nanoTime() + call.deadline().toNanos();
        Reply first = attempt(call, path, end);
        boolean stale = first instanceof Reply.CredentialsRefused refused
                && refused.reason().startsWith("HTTP 401")
                && credentials.renew();
        return stale ? attempt(call, path, end) : first;
    }

    /** A token that has to be fetched first, and a second try with a new one, are within the call's total deadline. */
    private Reply attempt(Call call, String path, long end) {
        Optional<String> header;
        try {
            header = credentials.header(left(end));
        } catch (Credentials.NotObtained none) {
            return none.reply();
        }
        Duration left = left(end);
        if (left.isZero()) {
            return new Reply.Unavailable("no time was left after the partner's token address had answered", null);
        }
        HttpPost request = new HttpPost(URI.create(address + path));
        request.setEntity(new ByteArrayEntity(call.body(), ContentType.parse(call.mediaType())));
        request.setHeader("Accept", "application/json");
        request.setHeader("Idempotency-Key", call.messageId().toString());
        header.ifPresent(value -> request.setHeader("Authorization", value));
        return http.send(request, left);
    }

    @Override
    public void close() {
        http.close();
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
