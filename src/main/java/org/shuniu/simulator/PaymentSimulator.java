package org.shuniu.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payment service, with a citizen who pays about a second after the order, or on its page where a channel leads him there: an
 * order has a state, a payment a transaction of its own, and a request id is known again.
 */
final class PaymentSimulator implements PartnerSystem, Checkout, AutoCloseable {
    private static final Map<String, Effect> PATHS = Map.of(
            "/orders", Effect.ORDER,
            "/cancellations", Effect.CANCELLATION,
            "/refunds", Effect.REFUND);
    private static final String QUERY = "/orders/query";
    private static final String COUNT = "/orders/count";
    private static final long CITIZEN_MILLIS = 1_000;

    /** @param fault what goes wrong with its payment */
    private record Order(
            String requestId, String caseNo, String amount, String transactionNo, OffsetDateTime paidAt, Fault fault) {
        boolean isPaid() {
            return !OffsetDateTime.now().isBefore(paidAt);
        }

        Order paid(String transactionNo, OffsetDateTime when) {
            return new Order(requestId, caseNo, amount, transactionNo, when, fault);
        }

        ObjectNode toJson() {
            ObjectNode line = object().put("requestId", requestId).put("caseNo", caseNo);
            line.put("amount", amount).put("transactionNo", transactionNo);
            return isOpen() ? line : line.put("paidAt", paidAt.toString());
        }

        /** Whether it waits for whoever is led to the page. */
        boolean isOpen() {
            return paidAt.equals(OffsetDateTime.MAX);
        }

        static Order of(JsonNode line) {
            return new Order(
                    line.path("requestId").asString(""),
                    line.path("caseNo").asString(""),
                    line.path("amount").asString(""),
                    line.path("transactionNo").asString(""),
                    line.has("paidAt")
                            ? OffsetDateTime.parse(line.path("paidAt").asString(""))
                            : OffsetDateTime.MAX,
                    Fault.none());
        }
    }

    private final SecretFiles secrets;
    private final Ledger ledger;
    private final HubCallbacks callbacks;
    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private final Set<String> onThePage = ConcurrentHashMap.newKeySet();
    /** Orders as they change, so that a restart does not forget who still has to pay. */
    private final JsonLines book;

    PaymentSimulator(SecretFiles secrets, Ledger ledger, HubCallbacks callbacks, Path dataDir) {
        this.secrets = secrets;
        this.ledger = ledger;
        this.callbacks = callbacks;
        this.book = JsonLines.open(dataDir.resolve("payment-orders.jsonl"), line -> {
            Order order = Order.of(line);
            orders.put(order.requestId(), order);
        });
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost()
                || !PATHS.containsKey(call.path()) && !Set.of(QUERY, COUNT).contains(call.path())) {
            return Optional.of(HttpReply.text(404, "text/plain", "404"));
        }
        boolean known = secrets.matches("payment-secret", call.credential("Bearer"));
        return known ? Optional.empty() : Optional.of(HttpReply.text(401, "text/plain", "401"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        JsonCall request = JsonCall.read(call);
        String id = request.text("/requestId");
        String caseNo = request.text("/caseNo");
        if (call.path().equals(QUERY)) {
            return asked(caseNo);
        }
        if (call.path().equals(COUNT)) {
            return HttpReply.json(200, count(request));
        }
        Effect effect = PATHS.get(call.path());
        if (id.isEmpty() || caseNo.isEmpty()) {
            return HttpReply.json(200, object().put("code", "INCOMPLETE"));
        }
        boolean known = ledger.find(id).isPresent();
        ledger.once(id, caseNo, effect, false, fault);
        return switch (effect) {
            case ORDER -> ordered(request, fault, known);
            case CANCELLATION ->
                HttpReply.json(
                        200, object().put("requestId", id).put("caseNo", caseNo).put("state", "CLOSED"));
            default ->
                HttpReply.json(
                        200, object().put("requestId", id).put("caseNo", caseNo).put("state", "REFUNDED"));
        };
    }

    @Override
    public void expect(String caseNo) {
        onThePage.add(caseNo);
    }

    @Override
    public Optional<ObjectNode> pay(String caseNo) {
        return orderOf(caseNo).map(order -> {
            if (order.isPaid()) {
                return paid(order);
            }
            Order now = keep(order.paid(order.transactionNo(), CityTime.now()));
            citizenPays(now);
            return paid(now);
        });
    }

    private Order keep(Order order) {
        book.append(order.toJson());
        orders.put(order.requestId(), order);
        return order;
    }

    private Optional<Order> orderOf(String caseNo) {
        return orders.values().stream()
                .filter(order -> order.caseNo().equals(caseNo))
                .findFirst();
    }

    private HttpReply asked(String caseNo) {
        return orderOf(caseNo)
                .map(this::standing)
                .orElseGet(() -> HttpReply.json(200, object().put("code", "NO_ORDER")));
    }

    private HttpReply standing(Order order) {
        return HttpReply.json(200, order.isPaid() ? paid(order) : object(order).put("state", "WAITING"));
    }

    private ObjectNode count(JsonCall request) {
        CountPage page = CountPage.of(
                ledger, request.text("/from"), request.text("/until"), CityTime.SPACED, request.text("/cursor"));
        ObjectNode answer = object();
        ArrayNode entries = answer.putArray("entries");
        for (Ledger.Worked worked : page.worked()) {
            LedgerEntry entry = worked.entry();
            Order order = orders.get(entry.messageId());
            entries.addObject()
                    .put("requestId", entry.messageId())
                    .put("caseNo", entry.caseNo())
                    .put("entryNo", worked.serial("PE-"))
                    .put("at", entry.at().format(CityTime.SPACED))
                    .put("settled", order == null || order.isPaid());
        }
        page.next().ifPresent(next -> answer.put("next", next));
        return answer;
    }

    private HttpReply ordered(JsonCall request, Fault fault, boolean known) {
        if (ledger.find(request.text("/requestId")).isEmpty()) {
            Order lost = order(request.text("/requestId"), request, fault);
            return HttpReply.json(200, object(lost).put("state", "WAITING"));
        }
        Order order = taken(request, fault);
        if (!known && !order.isOpen()) {
            citizenPays(order);
        }
        return standing(order);
    }

    private synchronized Order taken(JsonCall request, Fault fault) {
        String id = request.text("/requestId");
        Order known = orders.get(id);
        return known != null ? known : keep(order(id, request, fault));
    }

    private Order order(String id, JsonCall request, Fault fault) {
        boolean page = onThePage.contains(request.text("/caseNo"));
        long wait = fault.is(FaultKind.LATE_PAYMENT) ? fault.length().toMillis() : CITIZEN_MILLIS;
        return new Order(
                id,
                request.text("/caseNo"),
                request.text("/amount"),
                Fingerprint.of("PT-", id, 12),
                page ? OffsetDateTime.MAX : CityTime.now().plusNanos(wait * 1_000_000),
                fault);
    }

    private void citizenPays(Order order) {
        Fault fault = order.fault();
        if (!fault.is(FaultKind.CALLBACK_LOST)) {
            push(order);
        }
        if (fault.is(FaultKind.PAID_TWICE)) {
            push(order.paid(order.transactionNo() + "-2", order.paidAt().plusNanos(500_000_000)));
        }
    }

    private void push(Order order) {
        Instant due = order.paidAt().toInstant();
        callbacks.push(
                new Callback(
                        "payment/" + order.transactionNo(),
                        Partner.PAYMENT,
                        HttpReply.JSON,
                        paid(order).toString(),
                        due),
                Fault.none());
    }

    @Override
    public void close() {
        book.close();
    }

    private static ObjectNode paid(Order order) {
        return object(order)
                .put("state", "PAID")
                .put("transactionNo", order.transactionNo())
                .put("paidAt", order.paidAt().withNano(0).toString());
    }

    private static ObjectNode object(Order order) {
        return object().put("requestId", order.requestId())
                .put("caseNo", order.caseNo())
                .put("orderNo", Fingerprint.of("PO-", order.requestId(), 12))
                .put("amount", order.amount());
    }

    @Override
    public HttpReply error() {
        return HttpReply.json(200, object().put("code", "BUSY"));
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, HttpReply.JSON, "{\"state\":");
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
