package org.shuniu.channel;

import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.shuniu.partner.Partner;

/**
 * Speaks SOAP over HTTP; the envelope is the codec's work, and its media type says which SOAP it is: 1.1 names the action
 * in a header, 1.2 beside the media type.
 */
final class SoapAdapter implements ChannelAdapter {

    private static final String SOAP_12 = "application/soap+xml";

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
        ContentType type = ContentType.parse(call.mediaType());
        if (type.getMimeType().equals(SOAP_12)) {
            request.setEntity(
                    new ByteArrayEntity(call.body(), type.withParameters(new BasicNameValuePair("action", action))));
        } else {
            request.setEntity(new ByteArrayEntity(call.body(), type));
            request.setHeader("SOAPAction", "\"" + action + "\"");
        }
        return http.send(request, call.endBy());
    }

    @Override
    public void close() {
        http.close();
    }
}
