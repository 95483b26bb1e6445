package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One call as a simulated partner sees it; the path is without the partner's prefix. */
record HttpCall(String method, String path, String authorization, byte[] body) {
    private static final int LARGEST_BODY = 8 << 20;

    static HttpCall read(HttpExchange exchange) throws IOException {
        String prefix = exchange.getHttpContext().getPath();
        return new HttpCall(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath().substring(prefix.length()),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestBody().readNBytes(LARGEST_BODY));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean isPost() {
        return method.equals("POST");
    }

    String credential(String scheme) {
        String start = scheme + " ";
        boolean given = authorization != null && authorization.regionMatches(true, 0, start, 0, start.length());
        return given ? authorization.substring(start.length()).trim() : null;
    }
}
