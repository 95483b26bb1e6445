package org.shuniu.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The civil affairs bureau: says 202 at once and what came of it later, by callback, numbered within each case. It
 * recognises a repeated application, and whoever asks is told how the case stands.
 */
final class CivilAffairsSimulator implements PartnerSystem {
    private static final String QUERY = "/openapi/v2/cases/query";
    private static final String COUNT = "/openapi/v2/cases/count";
    private static final Map<String, Effect> PATHS = Map.of(
            "/openapi/v2/applications", Effect.APPLICATION,
            "/openapi/v2/supplements", Effect.SUPPLEMENT,
            "/openapi/v2/withdrawals", Effect.WITHDRAWAL);
    private static final List<String> ALWAYS = List.of("/bizId", "/caseNo");
    private static final List<String> APPLICATION =
            List.of("/bizId", "/caseNo", "/itemCode", "/person/xm", "/person/zjlx", "/person/zjhm");
    private static final Duration STEP = Duration.ofMillis(400);
    private static final int EARLY_MILLIS = 20;
    private static final int EARLY_ROUNDS = 100;

    private final SecretFiles secrets;
    private final Ledger ledger;
    private final HubCallbacks callbacks;

    CivilAffairsSimulator(SecretFiles secrets, Ledger ledger, HubCallbacks callbacks) {
        this.secrets = secrets;
        this.ledger = ledger;
        this.callbacks = callbacks;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost()
                || !PATHS.containsKey(call.path()) && !Set.of(QUERY, COUNT).contains(call.path())) {
            return Optional.of(HttpReply.json(404, CivilAffairsEvent.failure("4041", "接口不存在")));
        }
        if (!secrets.matches("civil-affairs-secret", call.credential("Bearer"))) {
            return Optional.of(HttpReply.json(401, CivilAffairsEvent.failure("4010", "令牌无效")));
        }
        return call.path().equals(COUNT) ? Optional.of(HttpReply.json(200, count(call))) : Optional.empty();
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        JsonRequest request = JsonRequest.read(call.body());
        Effect effect = PATHS.get(call.path());
        if (!request.missing(effect == Effect.APPLICATION ? APPLICATION : ALWAYS)
                .isEmpty()) {
            return HttpReply.json(200, CivilAffairsEvent.failure("4000", "缺少必填项"));
        }
        if (effect == null) {
            return HttpReply.json(200, standing(request, fault));
        }
        boolean known = ledger.find(request.text("/bizId")).isPresent();
        boolean refuses = request.asksForRefusal("/remark") || request.asksForRefusal("/reason");
        LedgerEntry entry = ledger.once(request.text("/bizId"), request.text("/caseNo"), effect, refuses, fault);
        if (effect == Effect.WITHDRAWAL && entry.refused()) {
            return HttpReply.json(200, CivilAffairsEvent.failure("3001", "已进入审批，不能撤回"));
        }
        if (effect == Effect.APPLICATION && !known && !fault.is(FaultKind.LOSES)) {
            tell(entry, fault);
        }
        return HttpReply.json(effect == Effect.APPLICATION ? 202 : 200, CivilAffairsEvent.taken(entry));
    }

    /** What it had in the time that is asked for; a page is said to go on while there is more. */
    private ObjectNode count(HttpCall call) {
        JsonRequest request = JsonRequest.read(call.body());
        ObjectNode answer = CivilAffairsEvent.failure("0", "ok");
        ArrayNode items = answer.putArray("items");
        CountPage page = CountPage.of(
                ledger, request.text("/from"), request.text("/to"), CityTime.SPACED, request.text("/cursor"));
        for (Ledger.Worked worked : page.worked()) {
            LedgerEntry entry = worked.entry();
            items.addObject()
                    .put("bizId", entry.messageId())
                    .put("caseNo", entry.caseNo())
                    .put("serialNo", worked.serial("MZ-S-"))
                    .put("time", entry.at().format(CityTime.SPACED))
                    .put("done", isDecided(entry) ? "1" : "0");
        }
        page.next().ifPresent(next -> answer.put("next", next));
        return answer;
    }

    private static boolean isDecided(LedgerEntry entry) {
        return CityTime.now().isAfter(entry.at().plus(STEP.multipliedBy(2)));
    }

    private ObjectNode standing(JsonRequest request, Fault fault) {
        return ledger.find(request.text("/bizId"))
                .filter(entry -> !fault.is(FaultKind.FORGOTTEN))
                .map(entry -> {
                    boolean decided = isDecided(entry);
                    return new CivilAffairsEvent(entry, decided ? 2 : 1, decided ? end(entry) : "REVIEW").answer();
                })
                .orElseGet(() -> CivilAffairsEvent.failure("4040", "无此业务"));
    }

    private void tell(LedgerEntry entry, Fault fault) {
        switch (fault.kind()) {
            case LOST_CALLBACK -> {
                // Whoever asks is told all the same.
            }
            case OUT_OF_ORDER -> {
                push(new CivilAffairsEvent(entry, 2, "SPECIAL"), "", 1, fault);
                push(new CivilAffairsEvent(entry, 1, "REVIEW"), "", 2, fault);
                push(new CivilAffairsEvent(entry, 4, end(entry)), "", 3, fault);
                push(new CivilAffairsEvent(entry, 3, "REVIEW"), "", 4, fault);
            }
            case EARLY_CALLBACK -> awaitTaken(push(new CivilAffairsEvent(entry, 2, end(entry)), "", 0, fault));
            case DUPLICATE_RESULT -> {
                push(new CivilAffairsEvent(entry, 2, end(entry)), "/again", 2, fault);
                inOrder(entry, fault);
            }
            default -> inOrder(entry, fault);
        }
    }

    private void inOrder(LedgerEntry entry, Fault fault) {
        push(new CivilAffairsEvent(entry, 1, "REVIEW"), "", 1, fault);
        push(new CivilAffairsEvent(entry, 2, end(entry)), "", 2, fault);
    }

    private static String end(LedgerEntry entry) {
        return entry.refused() ? "REJECTED" : "DONE";
    }

    private String push(CivilAffairsEvent event, String copy, int steps, Fault fault) {
        String body = event.callback(fault.is(FaultKind.EXTRA_FIELDS)).toString();
        Instant due = Instant.now().plus(STEP.multipliedBy(steps));
        String key = event.id() + copy;
        Instant late = fault.is(FaultKind.LATE_RESULT) ? due.plus(fault.length()) : due;
        callbacks.push(new Callback(key, Partner.CIVIL_AFFAIRS, HttpReply.JSON, body, late), fault);
        return key;
    }

    /** The hub has taken the result before it hears that the application was taken. */
    private void awaitTaken(String key) {
        CountDownLatch never = new CountDownLatch(1);
        for (int round = 0; callbacks.isWaiting(key) && round < EARLY_ROUNDS; round++) {
            Waiting.upTo(never, EARLY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public HttpReply error() {
        return HttpReply.json(200, CivilAffairsEvent.failure("5001", "系统繁忙"));
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, HttpReply.JSON, "");
    }
}
