package org.shuniu.channel;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.shuniu.partner.Partner;
import org.shuniu.store.Json;

/** What a partner is asked for a token with. */
final class TokenRequests {

    private TokenRequests() {}

    /** OAuth2 client credentials (RFC 6749, 4.4). */
    static HttpPost clientCredentials(URI address, String id, String secret) {
        HttpPost request = new HttpPost(address);
        request.setEntity(new StringEntity("grant_type=client_credentials", ContentType.APPLICATION_FORM_URLENCODED));
        String pair = id + ":" + secret;
        request.setHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        return request;
    }

    /** An account of an application that has a key, as JSON. */
    static HttpPost login(URI address, Partner.Authentication.Login login, String appSecret, String password) {
        HttpPost request = new HttpPost(address);
        String body = Json.object()
                .put("app_key", login.appKey())
                .put("app_secret", appSecret)
                .put("account", login.account())
                .put("password", password)
                .toString();
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        return request;
    }
}
