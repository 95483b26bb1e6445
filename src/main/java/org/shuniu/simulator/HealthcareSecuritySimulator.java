package org.shuniu.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;

/**
 * An old SOAP system: HTTP 200 for everything, the meaning in a code inside base64 inside the envelope.
 *
 * <p>It does not recognise a repeated call and does its work again; it can be asked what became of one. A remark
 * with REFUSE is refused.
 */
final class HealthcareSecuritySimulator implements HttpPartner {

    static final String ID = "healthcare-security";

    private static final Map<String, String> EFFECTS =
            Map.of("YB1001", "application", "YB1002", "supplement", "YB1003", "withdrawal");

    private final Ledger ledger;
    private final Callbacks callbacks;
    private final FaultSwitch faults;
    private final Map<String, String> inWork = new ConcurrentHashMap<>();

    HealthcareSecuritySimulator(Ledger ledger, Callbacks callbacks, FaultSwitch faults) {
        this.ledger = ledger;
        this.callbacks = callbacks;
        this.faults = faults;
    }

    @Override
    public Answer answer(Request request, Fault fault) {
        Document asked = SoapText.request(request.text());
        if (asked == null) {
            return refused("", "B0100", "报文格式错误");
        }
        String id = SoapText.text(asked, "transId");
        String code = SoapText.text(asked, "transCode");
        if (code.equals("YB1009")) {
            return query(id, SoapText.text(asked, "origTransId"), SoapText.text(asked, "bizNo"));
        }
        if (!EFFECTS.containsKey(code)) {
            return refused(id, "B0101", "交易代码不存在");
        }
        return work(asked, id, EFFECTS.get(code), fault);
    }

    private Answer work(Document asked, String id, String effect, Fault fault) {
        boolean application = effect.equals("application");
        if (application && !SoapText.text(asked, "areaCode").matches("[0-9]{6}")) {
            return refused(id, "B0102", "参保地编码错误");
        }
        if (application && !SoapText.text(asked, "certType").equals("1")) {
            return refused(id, "B0103", "证件类型错误");
        }
        if (SoapText.text(asked, "remark").contains("REFUSE")) {
            return refused(id, "B0001", "不符合办理条件");
        }
        String caseNo = SoapText.text(asked, "bizNo");
        Instant at = ledger.write(id, caseNo, effect);
        return application ? applied(id, caseNo, at, fault) : SoapText.answer(taken(id, caseNo));
    }

    private Answer applied(String id, String caseNo, Instant at, Fault fault) {
        if (fault == Fault.DUPLICATE_RESULT) {
            callbacks.later(ID, 500, SoapText.answer(done(id, caseNo, at)));
            callbacks.later(ID, 1_000, SoapText.answer(done(id, caseNo, at)));
        }
        if (fault == Fault.LATE_RESULT) {
            inWork.put(id, caseNo);
            callbacks.later(ID, faults.seconds(3) * 1_000L, SoapText.answer(done(id, caseNo, at)));
            return SoapText.answer(taken(id, caseNo));
        }
        return SoapText.answer(done(id, caseNo, at));
    }

    private Answer query(String id, String about, String caseNo) {
        if (!ledger.knows(about)) {
            return refused(id, "N0404", "无此交易");
        }
        return SoapText.answer(
                inWork.containsKey(about) ? taken(about, caseNo) : done(about, caseNo, ledger.at(about)));
    }

    private static String done(String id, String caseNo, Instant at) {
        return response(
                id,
                "000000",
                "ok",
                SoapText.element("bizNo", caseNo)
                        + SoapText.element("serialNo", Numbers.of("YB", id))
                        + "<state>1</state><resultText>办理成功</resultText><certName/><certNo/><handler>经办二</handler>"
                        + SoapText.element("finishTime", Numbers.time(at, "yyyyMMddHHmmss")));
    }

    private static String taken(String id, String caseNo) {
        return response(
                id,
                "000000",
                "ok",
                SoapText.element("bizNo", caseNo)
                        + SoapText.element("serialNo", Numbers.of("YB", id))
                        + "<state>0</state><resultText>已收</resultText><certName/><certNo/><handler>经办二</handler><finishTime/>");
    }

    private static Answer refused(String id, String code, String message) {
        return SoapText.answer(response(id, code, message, ""));
    }

    private static String response(String id, String code, String message, String body) {
        return "<response><head>%s%s%s</head><body>%s</body></response>"
                .formatted(
                        SoapText.element("transId", id),
                        SoapText.element("retCode", code),
                        SoapText.element("retMsg", message),
                        body);
    }

    @Override
    public Answer error() {
        return refused("", "S9001", "系统忙");
    }

    @Override
    public Answer garbage() {
        return SoapText.envelope("bm90IHhtbA==");
    }
}
