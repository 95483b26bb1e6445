package org.shuniu.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * The healthcare security bureau: rpc/encoded SOAP that answers HTTP 200 whatever happens, knows the bureau's own area
 * codes only, and works a repeated transaction a second time; asking by YB1009 is the way to find out.
 */
final class HealthcareSecuritySimulator implements PartnerSystem {
    private static final String PATH = "/services/CommunityService";
    private static final String QUERY = "YB1009";
    private static final String COUNT = "YB1010";
    private static final Map<String, Effect> TRANSACTIONS = Map.of(
            "YB1001", Effect.APPLICATION,
            "YB1002", Effect.SUPPLEMENT,
            "YB1003", Effect.WITHDRAWAL);

    private final Ledger ledger;
    private final ResultPush results;

    HealthcareSecuritySimulator(Ledger ledger, HubCallbacks callbacks) {
        this.ledger = ledger;
        this.results = new ResultPush(Partner.HEALTHCARE_SECURITY, BureauAnswer.CONTENT_TYPE, callbacks);
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        boolean here = call.isPost() && call.path().equals(PATH);
        return here ? Optional.empty() : Optional.of(HttpReply.text(404, "text/plain", "no such service"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        try {
            BureauMessage message = BureauMessage.read(call.body());
            Optional<BureauAnswer> rejection = rejection(message);
            return reply(rejection.isPresent() ? rejection.get() : worked(message, fault));
        } catch (XMLStreamException e) {
            return reply(BureauAnswer.failure("", "", "B0100", "报文无法解析"));
        }
    }

    @Override
    public HttpReply error() {
        return reply(BureauAnswer.failure("", "", "S9001", "系统繁忙"));
    }

    @Override
    public HttpReply garbage() {
        byte[] whole = BureauAnswer.failure("", "", "000000", "成功").envelope().getBytes(StandardCharsets.UTF_8);
        return new HttpReply(200, BureauAnswer.CONTENT_TYPE, Arrays.copyOf(whole, whole.length / 2));
    }

    private static Optional<BureauAnswer> rejection(BureauMessage message) {
        String code = message.get("transCode");
        if (code.equals(COUNT)) {
            return Optional.empty();
        }
        if (!code.equals(QUERY) && !TRANSACTIONS.containsKey(code)) {
            return rejected(message, "B0101", "交易码不存在");
        }
        if (message.get("transId").isEmpty() || message.get("bizNo").isEmpty()) {
            return rejected(message, "B0100", "缺少 transId 或 bizNo");
        }
        return TRANSACTIONS.get(code) == Effect.APPLICATION ? rejectedApplication(message) : Optional.empty();
    }

    private static Optional<BureauAnswer> rejectedApplication(BureauMessage message) {
        if (!message.get("areaCode").matches("[0-9]{6}")) {
            return rejected(message, "B0102", "参保地编码不正确");
        }
        return message.get("certType").equals("1") ? Optional.empty() : rejected(message, "B0103", "证件类型不支持");
    }

    private static Optional<BureauAnswer> rejected(BureauMessage message, String code, String text) {
        return Optional.of(BureauAnswer.failure(message.get("transId"), message.get("bizNo"), code, text));
    }

    private BureauAnswer worked(BureauMessage message, Fault fault) {
        String transId = message.get("transId");
        if (message.get("transCode").equals(COUNT)) {
            return count(message);
        }
        if (message.get("transCode").equals(QUERY)) {
            return ledger.find(message.get("origTransId"))
                    .map(entry -> standing(transId, entry))
                    .orElseGet(() -> BureauAnswer.failure(transId, message.get("bizNo"), "N0404", "无此交易"));
        }
        Effect effect = TRANSACTIONS.get(message.get("transCode"));
        LedgerEntry entry = ledger.again(transId, message.get("bizNo"), effect, message.isRefused(), fault);
        if (effect == Effect.APPLICATION && ledger.find(transId).isEmpty()) {
            return BureauAnswer.processing(transId, entry);
        }
        if (effect == Effect.APPLICATION) {
            BureauAnswer event = BureauAnswer.of(transId, entry).asEvent(eventId(entry));
            results.push(eventId(entry), event.envelope(), fault);
        }
        return standing(transId, entry);
    }

    private BureauAnswer count(BureauMessage message) {
        CountPage page = CountPage.of(
                ledger, message.get("beginTime"), message.get("endTime"), CityTime.PACKED, message.get("position"));
        return BureauAnswer.count(message.get("transId"), page, entry -> !results.isLate(eventId(entry)));
    }

    private BureauAnswer standing(String transId, LedgerEntry entry) {
        return results.isLate(eventId(entry))
                ? BureauAnswer.processing(transId, entry)
                : BureauAnswer.of(transId, entry);
    }

    private static String eventId(LedgerEntry entry) {
        return Fingerprint.of("YB-EV-", entry.messageId(), 16);
    }

    private static HttpReply reply(BureauAnswer answer) {
        return HttpReply.text(200, BureauAnswer.CONTENT_TYPE, answer.envelope());
    }
}
