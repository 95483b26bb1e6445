package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** One answer of a simulated partner. */
record HttpReply(int status, String contentType, byte[] body, String retryAfter) {
    static final String JSON = "application/json; charset=UTF-8";

    HttpReply(int status, String contentType, byte[] body) {
        this(status, contentType, body, null);
    }

    /** Come again after so many seconds. */
    static HttpReply tooMany(long seconds) {
        return new HttpReply(429, "text/plain", new byte[0], Long.toString(seconds));
    }

    static HttpReply json(int status, JsonNode body) {
        return text(status, JSON, body.toString());
    }

    static HttpReply text(int status, String contentType, String body) {
        return new HttpReply(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpReply errorPage() {
        return text(500, "text/html; charset=UTF-8", "<html><body><h1>500</h1><p>系统繁忙</p></body></html>");
    }

    void send(HttpExchange exchange) throws IOException {
        if (contentType != null) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
        }
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
