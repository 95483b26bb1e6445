package org.shuniu.simulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.stream.XMLStreamException;

/**
 * The health commission: XML in GB18030, accepted at once and decided by the time it is asked. It writes the applicant's
 * name back, and is careless with what it says of its charset.
 */
final class HealthSimulator implements PartnerSystem {
    private static final String QUERY = "/xml/query.do";
    private static final String COUNT = "/xml/count.do";
    private static final Map<String, Effect> PATHS = Map.of(
            "/xml/apply.do", Effect.APPLICATION,
            "/xml/supplement.do", Effect.SUPPLEMENT,
            "/xml/cancel.do", Effect.WITHDRAWAL);
    private static final String TYPE = "text/xml; charset=GB18030";
    private static final Duration WORK = Duration.ofSeconds(1);

    private final SecretFiles secrets;
    private final Ledger ledger;
    /** A restart forgets the names; the ledger never has them. */
    private final Map<String, String> names = new ConcurrentHashMap<>();

    HealthSimulator(SecretFiles secrets, Ledger ledger) {
        this.secrets = secrets;
        this.ledger = ledger;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        boolean here = call.isPost()
                && (PATHS.containsKey(call.path()) || Set.of(QUERY, COUNT).contains(call.path()));
        if (!here) {
            return Optional.of(HttpReply.text(404, "text/plain", "no such service"));
        }
        boolean known = secrets.matches("health-secret", call.credential("Bearer"));
        return known ? Optional.empty() : Optional.of(HttpReply.text(401, "text/plain", "unknown token"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        try {
            HealthMessage message = HealthMessage.read(call.body());
            String answer = switch (call.path()) {
                case QUERY -> standing(message, fault);
                case COUNT -> count(message, fault);
                default -> worked(PATHS.get(call.path()), message, fault);
            };
            return reply(answer, fault);
        } catch (XMLStreamException e) {
            return reply(failure("1001", "报文无法解析"), fault);
        }
    }

    private String worked(Effect effect, HealthMessage message, Fault fault) {
        if (message.get("msgId").isEmpty() || message.get("caseNo").isEmpty()) {
            return failure("1002", "缺少必填项");
        }
        boolean refused = message.get("bz").contains("REFUSE");
        LedgerEntry entry = ledger.once(message.get("msgId"), message.get("caseNo"), effect, refused, fault);
        names.putIfAbsent(entry.messageId(), message.get("xm"));
        return response("0000", "成功", facts(entry.messageId(), entry.caseNo(), "0"));
    }

    private String standing(HealthMessage message, Fault fault) {
        String id = message.get("origMsgId");
        Optional<LedgerEntry> decided = ledger.find(id).filter(entry -> isDecided(entry, fault));
        if (decided.isPresent()) {
            return response("0000", "成功", decided(decided.get()));
        }
        // Its desk remembers the name, even where its office has nothing of the matter.
        boolean taken = ledger.find(id).isPresent() || names.containsKey(id);
        return taken ? response("0000", "成功", facts(id, message.get("caseNo"), "0")) : failure("4004", "无此业务");
    }

    private static boolean isDecided(LedgerEntry entry, Fault fault) {
        return !fault.is(FaultKind.PENDING)
                && !CityTime.now().isBefore(entry.at().plus(WORK));
    }

    private String count(HealthMessage message, Fault fault) {
        CountPage page =
                CountPage.of(ledger, message.get("kssj"), message.get("jssj"), CityTime.PACKED, message.get("xh"));
        StringBuilder items = new StringBuilder();
        for (Ledger.Worked worked : page.worked()) {
            LedgerEntry entry = worked.entry();
            items.append("<item>")
                    .append(element("msgId", entry.messageId()))
                    .append(element("caseNo", entry.caseNo()))
                    .append(element("lsh", worked.serial("WJ-S-")))
                    .append(element("slsj", entry.at().format(CityTime.PACKED)))
                    .append(element("bj", isDecided(entry, fault) ? "1" : "0"))
                    .append("</item>");
        }
        page.next().ifPresent(next -> items.append(element("xyxh", next)));
        return response("0000", "成功", items.toString());
    }

    private static String facts(String messageId, String caseNo, String state) {
        return element("msgId", messageId)
                + element("caseNo", caseNo)
                + element("wjNo", Fingerprint.of("WJ2026", messageId, 12))
                + element("state", state);
    }

    private String decided(LedgerEntry entry) {
        String common = facts(entry.messageId(), entry.caseNo(), entry.refused() ? "2" : "1")
                + element("finishTime", entry.at().plus(WORK).format(CityTime.PACKED))
                + element("handler", "经办六");
        String name = names.getOrDefault(entry.messageId(), "");
        return entry.refused()
                ? common + element("opinion", name + "：不符合登记条件，不予登记")
                : common
                        + element("opinion", name + "：符合登记条件，准予登记")
                        + element("certName", "生育登记凭证")
                        + element("certNo", Fingerprint.of("WJ-C-", entry.messageId(), 12));
    }

    private static String failure(String code, String text) {
        return response(code, text, "");
    }

    private static String response(String code, String text, String body) {
        return "<response><head>" + element("code", code) + element("msg", text) + "</head><body>" + body
                + "</body></response>";
    }

    private static String element(String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }

    /** The declaration of the document and that of the header need not agree, and the bytes with neither. */
    private static HttpReply reply(String xml, Fault fault) {
        String declared = "<?xml version=\"1.0\" encoding=\"GBK\"?>" + xml;
        return switch (fault.kind()) {
            case WRONG_CHARSET -> bytes("text/xml; charset=ISO-8859-1", declared, HealthMessage.CHARSET);
            case NO_CHARSET -> bytes(null, xml, HealthMessage.CHARSET);
            case OTHER_CHARSET -> bytes(TYPE, declared, StandardCharsets.UTF_8);
            case CONTROL_CHARACTERS ->
                bytes(
                        TYPE,
                        declared.replace("<head>", "<head>\u000B").replace("：", "：\u0001&#x1F;"),
                        HealthMessage.CHARSET);
            default -> bytes(TYPE, declared, HealthMessage.CHARSET);
        };
    }

    private static HttpReply bytes(String type, String text, Charset charset) {
        return new HttpReply(200, type, text.getBytes(charset));
    }

    @Override
    public HttpReply error() {
        return reply(failure("9001", "系统繁忙"), Fault.none());
    }

    @Override
    public HttpReply garbage() {
        return bytes(TYPE, "<response><head><code>0000</code>", HealthMessage.CHARSET);
    }
}
