package org.shuniu.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The gateway of public security: checks application key, clock, nonce and signature, and encrypts what passes it. */
final class PoliceGateway {
    /** The keys after a rotation that nobody was told of. */
    static final String ROTATED_SECRET = "rotated-without-notice";

    static final String ROTATED_KEY = "00112233445566778899aabbccddeeff";

    static final long SKEW_MILLIS = 600_000;
    private static final long TOLERANCE_MILLIS = 300_000;
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretFiles secrets;
    private final Map<String, Long> nonces = new ConcurrentHashMap<>();

    PoliceGateway(SecretFiles secrets) {
        this.secrets = secrets;
    }

    /** The refusal of a call that may not pass. */
    Optional<ObjectNode> refusal(JsonNode call, Fault fault) {
        boolean signed = MessageDigest.isEqual(
                bytes(sign(call, fault)), bytes(call.path("sign").asString("")));
        if (!call.path("appKey").asString("").equals("shuniu") || !signed) {
            return Optional.of(seal(failure("40101", "签名错误"), fault));
        }
        long distance = Math.abs(call.path("timestamp").asLong(0) - clock(fault));
        if (distance > TOLERANCE_MILLIS) {
            return Optional.of(seal(failure("40102", "时间戳超出允许范围"), fault));
        }
        long now = System.currentTimeMillis();
        nonces.values().removeIf(seen -> now - seen > 2 * TOLERANCE_MILLIS);
        boolean fresh = nonces.putIfAbsent(call.path("nonce").asString(""), now) == null;
        return fresh ? Optional.empty() : Optional.of(seal(failure("40103", "重复请求"), fault));
    }

    static ObjectNode failure(String code, String message) {
        return JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
    }

    JsonNode open(JsonNode call, Fault fault) {
        byte[] both = Base64.getDecoder().decode(call.path("data").asString(""));
        byte[] plain =
                sm4(Cipher.DECRYPT_MODE, fault, Arrays.copyOf(both, 16), Arrays.copyOfRange(both, 16, both.length));
        return JsonMapper.shared().readTree(plain);
    }

    /** Adds the time and the signature; what stands under data is encrypted. */
    ObjectNode seal(ObjectNode answer, Fault fault) {
        if (answer.has("data")) {
            byte[] iv = new byte[16];
            RANDOM.nextBytes(iv);
            byte[] cipher =
                    sm4(Cipher.ENCRYPT_MODE, fault, iv, bytes(answer.get("data").toString()));
            byte[] both = Arrays.copyOf(iv, 16 + cipher.length);
            System.arraycopy(cipher, 0, both, 16, cipher.length);
            answer.put("data", Base64.getEncoder().encodeToString(both));
        }
        answer.put("timestamp", Long.toString(clock(fault)));
        return answer.put("sign", sign(answer, fault));
    }

    private static long clock(Fault fault) {
        return Instant.now().toEpochMilli() + (fault.is(FaultKind.CLOCK_SKEW) ? SKEW_MILLIS : 0);
    }

    private String sign(JsonNode parameters, Fault fault) {
        TreeMap<String, String> sorted = new TreeMap<>();
        parameters
                .properties()
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue().asString("")));
        sorted.remove("sign");
        sorted.values().removeIf(String::isEmpty);
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, value) -> text.append(text.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(value));
        String key = fault.is(FaultKind.KEY_ROTATED) ? ROTATED_SECRET : secrets.read("police-app-secret");
        try {
            Mac mac = Mac.getInstance("HMACSM3", PROVIDER);
            mac.init(new SecretKeySpec(bytes(key), "HMACSM3"));
            return HexFormat.of().formatHex(mac.doFinal(bytes(text.toString()))).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SM3 is missing", e);
        }
    }

    private byte[] sm4(int mode, Fault fault, byte[] iv, byte[] input) {
        String key = fault.is(FaultKind.KEY_ROTATED) ? ROTATED_KEY : secrets.read("police-payload-key");
        try {
            Cipher cipher = Cipher.getInstance("SM4/CBC/PKCS7Padding", PROVIDER);
            cipher.init(mode, new SecretKeySpec(HexFormat.of().parseHex(key), "SM4"), new IvParameterSpec(iv));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The payload is not of this key", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
