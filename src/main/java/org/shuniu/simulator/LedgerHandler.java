package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** Streams a partner's ledger, as it is on the disk, at {@code /ledger/<partner>}. */
final class LedgerHandler implements HttpHandler {
    private final Map<String, Ledger> ledgers;

    LedgerHandler(Map<String, Ledger> ledgers) {
        this.ledgers = ledgers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Ledger ledger = ledgers.get(HttpCall.read(exchange).path().replaceFirst("^/", ""));
        if (ledger == null) {
            HttpReply.text(404, "text/plain; charset=UTF-8", "no such partner").send(exchange);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson; charset=UTF-8");
        exchange.sendResponseHeaders(200, 0);
        Files.copy(ledger.file(), exchange.getResponseBody());
    }
}
