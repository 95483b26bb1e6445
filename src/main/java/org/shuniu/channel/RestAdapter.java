package org.shuniu.channel;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.shuniu.partner.Partner;

/** Speaks REST over HTTP; the message id travels as the idempotency key. */
final class RestAdapter implements ChannelAdapter {

    private final HttpExchange http = new HttpExchange();
    private final URI address;
    private final Map<String, String> operations;
    private final Credentials credentials;

    RestAdapter(Partner partner, Credentials.Factory credentials) {
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
        Reply first = attempt(call, path);
        boolean stale = first instanceof Reply.Unavailable unavailable
                && unavailable.reason().startsWith("HTTP 401")
                && credentials.renew();
        return stale ? attempt(call, path) : first;
    }

    private Reply attempt(Call call, String path) {
        Optional<String> header;
        try {
            header = credentials.header();
        } catch (Credentials.NotObtained none) {
            return new Reply.Unavailable(none.getMessage(), null);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", call.mediaType())
                .header("Accept", "application/json")
                .header("Idempotency-Key", call.messageId().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
        header.ifPresent(value -> request.header("Authorization", value));
        return http.send(request, call.deadline());
    }
}
