package org.shuniu.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.stream.XMLStreamException;

/**
 * The human resources and social security bureau: SOAP 1.2 with one operation, transaction codes and its own return codes,
 * HTTP 200 for faults too. It works a repeated transaction a second time; asking by RS0109 is the way to find out, and
 * knows of a transaction that is not finished yet.
 */
final class HumanResourcesSimulator implements PartnerSystem {
    private static final String PATH = "/ws/transaction";
    private static final String QUERY = "RS0109";
    private static final String COUNT = "RS0110";
    private static final Map<String, Effect> TRANSACTIONS = Map.of(
            "RS0101", Effect.APPLICATION,
            "RS0102", Effect.SUPPLEMENT,
            "RS0103", Effect.WITHDRAWAL,
            "RS0104", Effect.PAYMENT);
    private static final Set<String> WITH_FEE = Set.of("312099052000", "312099061000", "312099063000");

    private final Ledger ledger;
    private final ResultPush results;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<String> owing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger errors = new AtomicInteger();

    HumanResourcesSimulator(Ledger ledger, HubCallbacks callbacks) {
        this.ledger = ledger;
        this.results = new ResultPush(Partner.HUMAN_RESOURCES, TransactionAnswer.CONTENT_TYPE, callbacks);
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        boolean here = call.isPost() && call.path().equals(PATH);
        return here ? Optional.empty() : Optional.of(HttpReply.text(404, "text/plain", "no such service"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        try {
            TransactionMessage message = TransactionMessage.read(call.body());
            if (fault.is(FaultKind.CLOSED)) {
                return reply(TransactionAnswer.failure(message.get("serial"), "900801", "非服务时间"));
            }
            return switch (message.get("trcode")) {
                case QUERY -> reply(standing(message));
                case COUNT -> reply(count(message));
                default -> transaction(message, fault);
            };
        } catch (XMLStreamException e) {
            return reply(TransactionAnswer.fault("Sender", "rs:SchemaInvalid", "报文无法解析"));
        }
    }

    /** A system in trouble: by turns a fault under HTTP 200 that did nothing, and a return code that says the same. */
    @Override
    public HttpReply error() {
        return errors.getAndIncrement() % 2 == 0
                ? reply(TransactionAnswer.fault("Receiver", "rs:SystemBusy", "系统繁忙"))
                : reply(TransactionAnswer.failure("", "900001", "系统繁忙").envelope());
    }

    @Override
    public HttpReply garbage() {
        byte[] whole = TransactionAnswer.failure("", "000000", "成功").envelope().getBytes(StandardCharsets.UTF_8);
        return new HttpReply(200, TransactionAnswer.CONTENT_TYPE, Arrays.copyOf(whole, whole.length / 2));
    }

    private HttpReply transaction(TransactionMessage message, Fault fault) {
        String serial = message.get("serial");
        Effect effect = TRANSACTIONS.get(message.get("trcode"));
        if (effect == null || serial.isEmpty() || message.get("bizno").isEmpty()) {
            return reply(TransactionAnswer.failure(serial, "100100", "交易码、流水号或业务号不正确"));
        }
        running.add(serial);
        try {
            if (fault.is(FaultKind.MONTH_END)) {
                fault.sitOut();
            }
            return worked(message, effect, fault);
        } finally {
            running.remove(serial);
        }
    }

    private HttpReply worked(TransactionMessage message, Effect effect, Fault fault) {
        String serial = message.get("serial");
        LedgerEntry entry = ledger.again(serial, message.get("bizno"), effect, message.isRefused(), fault);
        if (effect == Effect.APPLICATION && ledger.find(serial).isEmpty()) {
            return reply(TransactionAnswer.processing(entry));
        }
        boolean fee = effect == Effect.APPLICATION && !entry.refused() && WITH_FEE.contains(message.get("itemcode"));
        if (fee) {
            owing.add(serial);
        } else if (effect == Effect.APPLICATION) {
            TransactionAnswer event = TransactionAnswer.of(entry).asEvent(eventId(entry));
            results.push(eventId(entry), event.envelope(), fault);
        }
        if (fault.is(FaultKind.FAULT_UNDER_200)) {
            return reply(TransactionAnswer.fault("Receiver", "", "服务异常"));
        }
        return reply(answer(entry));
    }

    private TransactionAnswer standing(TransactionMessage message) {
        String asked = message.get("origserial");
        if (running.contains(asked)) {
            return TransactionAnswer.failure(asked, "000102", "交易处理中");
        }
        return ledger.find(asked).map(this::answer).orElseGet(() -> TransactionAnswer.failure(asked, "000404", "无此交易"));
    }

    private TransactionAnswer count(TransactionMessage message) {
        CountPage page = CountPage.of(
                ledger, message.get("aae030"), message.get("aae031"), CityTime.SPACED, message.get("position"));
        return TransactionAnswer.count(message.get("serial"), page, this::isFinished);
    }

    private boolean isFinished(LedgerEntry entry) {
        return !owing.contains(entry.messageId()) && !results.isLate(eventId(entry));
    }

    private TransactionAnswer answer(LedgerEntry entry) {
        if (owing.contains(entry.messageId())) {
            return TransactionAnswer.fee(entry);
        }
        return results.isLate(eventId(entry)) ? TransactionAnswer.processing(entry) : TransactionAnswer.of(entry);
    }

    private static String eventId(LedgerEntry entry) {
        return Fingerprint.of("RS-EV-", entry.messageId(), 16);
    }

    private static HttpReply reply(TransactionAnswer answer) {
        return reply(answer.envelope());
    }

    private static HttpReply reply(String envelope) {
        return HttpReply.text(200, TransactionAnswer.CONTENT_TYPE, envelope);
    }
}
