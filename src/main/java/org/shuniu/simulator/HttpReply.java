package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** One answer of a simulated partner. */
record HttpReply(int status, String contentType, byte[] body) {
    static final String JSON = "application/json; charset=UTF-8";

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
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
