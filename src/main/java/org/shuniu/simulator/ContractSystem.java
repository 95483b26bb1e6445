package org.shuniu.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Results;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A department that is called by HTTP as its contract says. It decides within a second. */
final class ContractSystem implements PartnerSystem {

    private static final Duration STEP = Duration.ofMillis(500);

    private final ContractDesk desk;
    private final ContractWire wire;
    private final HubCallbacks callbacks;

    ContractSystem(ContractDesk desk, ContractWire wire, HubCallbacks callbacks) {
        this.desk = desk;
        this.wire = wire;
        this.callbacks = callbacks;
    }

    private Contract contract() {
        return desk.contract();
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        return wire.doorkeeper(call);
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        return reply(wire.read(call)
                .map(request -> request.document().equals(ContractWire.QUERY)
                        ? standing(request.values().apply("requestNo"), fault)
                        : work(request, fault))
                .orElseGet(() -> answer("INVALID", "报文无法解析")));
    }

    private HttpReply reply(ObjectNode answer) {
        return HttpReply.text(200, wire.contentType(), wire.write(answer));
    }

    private ObjectNode work(ContractWire.Request request, Fault fault) {
        Optional<String> wrong = desk.wrong(request.document(), request.values());
        if (wrong.isPresent()) {
            return answer("INVALID", wrong.get());
        }
        String message = desk.messageId(request.document(), request.values());
        boolean known = desk.ledger().find(message).isPresent();
        if (!known && isTooLate(request)) {
            return answer("TOO_LATE", "已办结，不能撤回");
        }
        LedgerEntry entry = desk.work(request.document(), request.values(), fault);
        if (entry.effect() == Effect.WITHDRAWAL && entry.refused()) {
            return answer("TOO_LATE", "已办结，不能撤回");
        }
        ObjectNode answer = of(entry, answer("OK", "已收件"));
        if (entry.effect() != Effect.APPLICATION) {
            return answer;
        }
        if (contract().results() == Results.AT_ONCE) {
            return decided(entry, answer);
        }
        if (contract().results() == Results.CALLBACK && !known && !fault.is(FaultKind.LOSES)) {
            tell(entry, fault);
        }
        return answer;
    }

    /** What is decided stays so. */
    private boolean isTooLate(ContractWire.Request request) {
        return ContractDesk.EFFECTS.get(request.document()) == Effect.WITHDRAWAL
                && desk.ledger()
                        .application(desk.caseNo(request.document(), request.values()))
                        .filter(entry -> contract().results() == Results.AT_ONCE || isDecided(entry))
                        .isPresent();
    }

    private static boolean isDecided(LedgerEntry entry) {
        return !CityTime.now().isBefore(entry.at().plus(STEP.multipliedBy(2)));
    }

    private ObjectNode standing(String message, Fault fault) {
        LedgerEntry entry = fault.is(FaultKind.FORGOTTEN)
                ? null
                : desk.ledger().find(message).orElse(null);
        if (entry == null) {
            return answer("NOT_FOUND", "无此业务");
        }
        ObjectNode answer = of(entry, answer("OK", "查询成功"));
        boolean open = fault.is(FaultKind.PENDING) || !isDecided(entry);
        return open ? inWork(entry, answer) : decided(entry, answer);
    }

    private void tell(LedgerEntry entry, Fault fault) {
        switch (fault.kind()) {
            case LOST_CALLBACK -> {
                // Whoever asks is told all the same.
            }
            case OUT_OF_ORDER -> {
                push(entry, decided(entry, nothing()), 1, "", fault);
                push(entry, inWork(entry, nothing()), 2, "", fault);
            }
            case DUPLICATE_RESULT -> {
                push(entry, decided(entry, nothing()), 2, "", fault);
                push(entry, decided(entry, nothing()), 3, "/again", fault);
            }
            default -> {
                push(entry, inWork(entry, nothing()), 1, "", fault);
                push(entry, decided(entry, nothing()), 2, "", fault);
            }
        }
    }

    private void push(LedgerEntry entry, ObjectNode event, int steps, String copy, Fault fault) {
        Instant due = Instant.now().plus(STEP.multipliedBy(steps));
        String key = "%s/%s/%s%s"
                .formatted(
                        contract().partner(),
                        entry.messageId(),
                        event.path("seq").asInt(0),
                        copy);
        Instant late = fault.is(FaultKind.LATE_RESULT) ? due.plus(fault.length()) : due;
        callbacks.push(new Callback(key, contract().partner(), wire.contentType(), wire.write(event), late), fault);
    }

    private ObjectNode inWork(LedgerEntry entry, ObjectNode said) {
        desk.inWork(entry, entry.at().plus(STEP)).forEach(said::put);
        return event(entry, said, 1);
    }

    private ObjectNode decided(LedgerEntry entry, ObjectNode said) {
        desk.decided(entry, entry.at().plus(STEP.multipliedBy(2))).forEach(said::put);
        return event(entry, said, 2);
    }

    private static ObjectNode event(LedgerEntry entry, ObjectNode said, int seq) {
        return said.put("eventId", Fingerprint.of("E-", entry.messageId() + "/" + seq, 16))
                .put("seq", seq);
    }

    private static ObjectNode of(LedgerEntry entry, ObjectNode said) {
        return said.put("requestNo", entry.messageId()).put("caseNo", entry.caseNo());
    }

    private static ObjectNode answer(String code, String message) {
        return nothing().put("code", code).put("message", message);
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public HttpReply error() {
        return reply(answer("BUSY", "系统繁忙"));
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, wire.contentType(), "<html>502 Bad Gateway</html>");
    }
}
