package org.shuniu.channel;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.shuniu.partner.Partner;

/** Speaks REST over HTTP, signed and encrypted where the partner wants it; the message id travels as the idempotency key. */
final class RestAdapter implements ChannelAdapter {

    /** A token that had died; or a key that was rotated and a clock that differs. */
    private static final int MOST_RENEWALS = 2;

    private final HttpExchange http;
    private final URI address;
    private final Map<String, String> operations;
    private final Credentials credentials;
    private final Wrapping wrapping;
    private final byte[] formEnd;

    /** @param formEnd what is appended to each form, or nothing */
    RestAdapter(Partner partner, Credentials.Factory credentials, Wrapping wrapping, byte[] formEnd) {
        this.formEnd = formEnd;
        this.http = new HttpExchange(partner.delivery().connect());
        this.address = partner.address().orElseThrow();
        this.operations = partner.operations();
        this.credentials = credentials.of(partner, http);
        this.wrapping = wrapping;
    }

    @Override
    public Reply call(Call call) {
        String path = operations.get(call.operation());
        if (path == null) {
            return new Reply.Invalid("the partner has no operation for %s".formatted(call.operation()));
        }
        long end = call.endBy();
        Reply reply = attempt(call, path, end);
        for (int renewed = 0; renewed < MOST_RENEWALS && mayBeRenewed(reply); renewed++) {
            reply = attempt(call, path, end);
        }
        return reply;
    }

    private boolean mayBeRenewed(Reply reply) {
        return reply instanceof Reply.CredentialsRefused refused
                && refused.reason().startsWith("HTTP 401")
                && (wrapping.renew(refused.body()) || credentials.renew());
    }

    @Override
    public byte[] open(byte[] received) {
        return wrapping.unwrap(received);
    }

    /** A token that has to be fetched first, and a second try with a new one, are within the call's total deadline. */
    private Reply attempt(Call call, String path, long end) {
        Optional<String> header;
        try {
            header = credentials.header(left(end));
        } catch (Credentials.NotObtained none) {
            return none.reply();
        }
        if (call.isOver()) {
            return new Reply.Unavailable("no time was left after the partner's token address had answered", null);
        }
        HttpPost request = new HttpPost(URI.create(address + path));
        // A question is a new one each time: nobody may answer it with what was said to the call that it asks about.
        UUID id = call.operation().equals("query") ? UUID.randomUUID() : call.messageId();
        ContentType type = ContentType.parse(call.mediaType());
        request.setEntity(new ByteArrayEntity(wrapping.wrap(body(call), id), type));
        request.setHeader("Accept", type.getMimeType());
        request.setHeader("Idempotency-Key", id.toString());
        header.ifPresent(value -> request.setHeader("Authorization", value));
        return http.send(request, end);
    }

    private byte[] body(Call call) {
        byte[] body = Arrays.copyOf(call.body(), call.body().length + formEnd.length);
        System.arraycopy(formEnd, 0, body, call.body().length, formEnd.length);
        return body;
    }

    @Override
    public void close() {
        http.close();
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
