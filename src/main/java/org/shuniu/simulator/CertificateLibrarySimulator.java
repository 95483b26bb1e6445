package org.shuniu.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The library of electronic certificates: everybody has every certificate, but for serials with NONE, OTHER or REVOKED in them;
 * a copy belongs to one request, and a request id is known again.
 */
final class CertificateLibrarySimulator implements PartnerSystem {
    private static final String LIST = "/license/holder";
    private static final String DERIVE = "/license/copy";
    private static final String FETCH = "/license/fetch";

    private record License(String type, String code, String holder, String holderCode) {}

    private record Copy(License license, String requestId, String caseNo, String until) {}

    private final LibraryTokens tokens;
    private final Ledger ledger;
    private final Map<String, License> licenses = new ConcurrentHashMap<>();
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();

    CertificateLibrarySimulator(SecretFiles secrets, Ledger ledger) {
        this.tokens = new LibraryTokens(secrets);
        this.ledger = ledger;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost()) {
            return Optional.of(HttpReply.text(404, "text/plain", "404"));
        }
        return call.path().equals("/login") ? Optional.of(tokens.login(call)) : tokens.refusal(call);
    }

    /** Every call names office, operator, item and case: no certificate is looked at for nothing. */
    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        JsonCall request = JsonCall.read(call);
        if (request.text("/request_id").isEmpty()
                || request.text("/case_no").isEmpty()
                || request.text("/item_code").isEmpty()
                || request.text("/office").isEmpty()
                || request.text("/operator").isEmpty()) {
            return failure("MISSING_FIELD");
        }
        return switch (call.path()) {
            case LIST -> list(request);
            case DERIVE -> derive(request);
            case FETCH -> fetch(request);
            default -> HttpReply.text(404, "text/plain", "404");
        };
    }

    private HttpReply list(JsonCall request) {
        String code = request.text("/license_code");
        if (code.contains("OTHER")) {
            return failure("HOLDER_MISMATCH");
        }
        ObjectNode answer = success();
        if (!code.contains("NONE")) {
            License license = new License(
                    request.text("/license_type"), code, request.text("/holder/name"), request.text("/holder/id_code"));
            String authCode = Fingerprint.of("AC-", request.text("/request_id") + code, 12);
            licenses.put(authCode, license);
            answer.putArray("licenses")
                    .addObject()
                    .put("license_type", license.type())
                    .put("license_code", code)
                    .put("auth_code", authCode);
        } else {
            answer.putArray("licenses");
        }
        return HttpReply.json(200, answer);
    }

    private HttpReply derive(JsonCall request) {
        License license = licenses.get(request.text("/auth_code"));
        if (license == null
                || request.text("/cause").isEmpty()
                || request.text("/use_to").isEmpty()) {
            return failure(license == null ? "NOT_ALLOWED" : "MISSING_FIELD");
        }
        if (license.code().contains("REVOKED")) {
            return failure("REVOKED");
        }
        String requestId = request.text("/request_id");
        ledger.once(requestId, request.text("/case_no"), Effect.CERTIFICATE_USE, false);
        String copyNo = Fingerprint.of("FB-", requestId, 12);
        copies.putIfAbsent(copyNo, new Copy(license, requestId, request.text("/case_no"), until(license, request)));
        ObjectNode answer = success();
        answer.putObject("copy")
                .put("copy_no", copyNo)
                .put("use_to", copies.get(copyNo).until());
        return HttpReply.json(200, answer);
    }

    /** No longer than it is asked for, and no longer than the certificate itself. */
    private static String until(License license, JsonCall request) {
        return license.code().contains("OVER")
                ? CityTime.now().minusDays(1).format(CityTime.SPACED)
                : request.text("/use_to");
    }

    /** A copy is given to the case that it was made for. */
    private HttpReply fetch(JsonCall request) {
        Copy copy = copies.get(request.text("/copy_no"));
        if (copy == null || !copy.caseNo().equals(request.text("/case_no"))) {
            return failure("NOT_ALLOWED");
        }
        ledger.once(request.text("/copy_no"), copy.caseNo(), Effect.CERTIFICATE_COPY, false);
        ObjectNode answer = success();
        ObjectNode shown = answer.putObject("copy")
                .put("copy_no", request.text("/copy_no"))
                .put("use_to", copy.until());
        shown.putObject("content")
                .put("type", copy.license().type())
                .put("license_code", copy.license().code())
                .put("holder", copy.license().holder())
                .put("holder_code", copy.license().holderCode())
                .put("watermark", "仅供办件" + copy.caseNo() + "使用");
        return HttpReply.json(200, answer);
    }

    @Override
    public HttpReply error() {
        return failure("BUSY");
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, HttpReply.JSON, "{\"ack_code\":");
    }

    static HttpReply failure(String code) {
        ObjectNode answer = object().put("ack_code", "FAILURE").put("error_code", code);
        answer.putArray("errors").addObject().put("code", code);
        return HttpReply.json(200, answer);
    }

    private static ObjectNode success() {
        return object().put("ack_code", "SUCCESS");
    }

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
