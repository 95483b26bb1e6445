package org.shuniu.channel;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.shuniu.partner.Partner;

/** Speaks SOAP 1.1 over HTTP; the envelope is the codec's work. */
final class SoapAdapter implements ChannelAdapter {

    private final HttpExchange http;
    private final URI address;
    private final Map<String, String> actions;

    SoapAdapter(Partner partner) {
        this.http = new HttpExchange(partner.delivery().connect());
        this.address = partner.address().orElseThrow();
        this.actions = partner.operations();
    }

    @Override
    public Reply call(Call call) {
        String action = actions.get(call.operation());
        if (action == null) {
            return new Reply.Invalid("the partner has no operation for %s".formatted(call.operation()));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", call.mediaType())
                .header("SOAPAction", "\"" + action + "\"")
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
        return http.send(request, call.deadline());
    }
}
