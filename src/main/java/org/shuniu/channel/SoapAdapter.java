package org.shuniu.channel;

import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
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
        HttpPost request = new HttpPost(address);
        request.setEntity(new ByteArrayEntity(call.body(), ContentType.parse(call.mediaType())));
        request.setHeader("SOAPAction", "\"" + action + "\"");
        return http.send(request, call.deadline());
    }

    @Override
    public void close() {
        http.close();
    }
}
