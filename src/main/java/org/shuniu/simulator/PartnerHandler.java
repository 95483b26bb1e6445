package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;

/** Leads a call through the fault that is switched on to the partner; no answer closes the connection. */
final class PartnerHandler implements HttpHandler {
    private final PartnerSystem system;
    private final PartnerFaults faults;

    PartnerHandler(PartnerSystem system, PartnerFaults faults) {
        this.system = system;
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Optional<HttpReply> reply = answer(HttpCall.read(exchange));
        if (reply.isPresent()) {
            reply.get().send(exchange);
        }
    }

    private Optional<HttpReply> answer(HttpCall call) {
        Optional<HttpReply> atTheDoor = faults.isDown() ? Optional.empty() : system.doorkeeper(call);
        return atTheDoor.isPresent() ? atTheDoor : answer(call, faults.next());
    }

    private Optional<HttpReply> answer(HttpCall call, Fault fault) {
        return switch (fault.kind()) {
            case DOWN -> Optional.empty();
            case ERROR -> Optional.of(system.error());
            case GARBAGE -> Optional.of(system.garbage());
            case UNAUTHORIZED -> Optional.of(HttpReply.text(401, "text/plain; charset=UTF-8", "401"));
            case TOO_MANY ->
                Optional.of(HttpReply.tooMany(Math.max(1, fault.length().toSeconds())));
            case SLOW -> {
                fault.sitOut();
                yield Optional.of(system.work(call, fault));
            }
            case TIMEOUT_AFTER_WORK -> {
                system.work(call, fault);
                fault.sitOut();
                yield Optional.empty();
            }
            default -> Optional.of(system.work(call, fault));
        };
    }
}
