package org.shuniu.simulator;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The SMS gateway: forms in GB2312, a password in each, a serial that it knows again, flow control under HTTP 200, and a
 * report of delivery a little later.
 */
final class SmsGatewaySimulator implements PartnerSystem {
    private static final Charset GB2312 = Charset.forName("GB2312");
    private static final String FORM = "application/x-www-form-urlencoded; charset=GB2312";
    private static final int ONE_MESSAGE = 70;
    private static final int PART_OF_A_LONG_ONE = 67;
    private static final long REPORT_MILLIS = 500;

    private final SecretFiles secrets;
    private final Ledger ledger;
    private final HubCallbacks callbacks;

    SmsGatewaySimulator(SecretFiles secrets, Ledger ledger, HubCallbacks callbacks) {
        this.secrets = secrets;
        this.ledger = ledger;
        this.callbacks = callbacks;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost() || !call.path().equals("/send")) {
            return Optional.of(HttpReply.text(404, "text/plain", "404"));
        }
        boolean known = secrets.matches("sms-gateway-password", fields(call).get("pwd"));
        return known ? Optional.empty() : Optional.of(HttpReply.text(401, "text/plain", "401"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        Map<String, String> form = fields(call);
        String serial = form.getOrDefault("serial", "");
        String content = form.getOrDefault("content", "");
        if (fault.is(FaultKind.FLOW_CONTROL)) {
            return answer("result=8");
        }
        if (serial.isEmpty()
                || content.isEmpty()
                || !form.getOrDefault("to", "").matches("1[3-9]\\d{9}")) {
            return answer("result=5");
        }
        if (ledger.find(serial).isPresent()) {
            return answer("result=3&serial=" + serial);
        }
        LedgerEntry entry = ledger.once(serial, caseNo(content), Effect.NOTIFICATION, false);
        if (!fault.is(FaultKind.CALLBACK_LOST)) {
            report(entry);
        }
        return answer("result=0&serial=%s&parts=%d".formatted(serial, parts(content)));
    }

    @Override
    public HttpReply error() {
        return HttpReply.text(503, "text/plain", "503");
    }

    @Override
    public HttpReply garbage() {
        return answer("<html>");
    }

    private void report(LedgerEntry entry) {
        String body = "serial=%s&stat=DELIVRD&time=%s"
                .formatted(entry.messageId(), entry.at().format(CityTime.PACKED));
        callbacks.push(
                new Callback(
                        "sms/" + entry.messageId(),
                        Partner.SMS_GATEWAY,
                        FORM,
                        body,
                        Instant.now().plusMillis(REPORT_MILLIS)),
                Fault.none());
    }

    private static int parts(String content) {
        return content.length() <= ONE_MESSAGE ? 1 : (content.length() + PART_OF_A_LONG_ONE - 1) / PART_OF_A_LONG_ONE;
    }

    /** The number in brackets, which is all that the gateway could know of a case. */
    static String caseNo(String content) {
        int start = content.indexOf('（');
        int end = content.indexOf('）');
        return start < 0 || end < start ? "" : content.substring(start + 1, end);
    }

    private static Map<String, String> fields(HttpCall call) {
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(call.body(), StandardCharsets.US_ASCII).split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], pair.length == 2 ? URLDecoder.decode(pair[1], GB2312) : "");
        }
        return fields;
    }

    private static HttpReply answer(String form) {
        return HttpReply.text(200, FORM, form);
    }
}
