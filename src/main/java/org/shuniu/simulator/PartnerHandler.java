package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;

/** Puts a partner's faults between the wire and its work. */
final class PartnerHandler implements HttpHandler {

    private static final int SLOW_SECONDS = 3;
    private static final int SILENT_SECONDS = 30;

    private final String prefix;
    private final HttpPartner partner;
    private final FaultSwitch faults;

    PartnerHandler(String prefix, HttpPartner partner, FaultSwitch faults) {
        this.prefix = prefix;
        this.partner = partner;
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath().substring(prefix.length()),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                            .orElse(""),
                    exchange.getRequestBody().readAllBytes());
            Optional<Answer> answer = answer(request, faults.take());
            if (answer.isPresent()) {
                send(exchange, answer.get());
            }
        }
    }

    private Optional<Answer> answer(Request request, Fault fault) {
        switch (fault) {
            case DOWN:
                return Optional.empty();
            case ERROR:
                return Optional.of(partner.error());
            case GARBAGE:
                return Optional.of(partner.garbage());
            case SLOW:
                faults.pause(SLOW_SECONDS);
                return Optional.of(partner.answer(request, fault));
            case TIMEOUT_AFTER_WORK:
                partner.answer(request, fault);
                faults.pause(SILENT_SECONDS);
                return Optional.empty();
            default:
                return Optional.of(partner.answer(request, fault));
        }
    }

    static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}
