package org.shuniu.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Codecs;
import org.shuniu.codec.Garbled;
import org.shuniu.partner.Partner.Authentication.Signature;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as parameters under an application key: {@code data} holds the message, encrypted by SM4 where there is a key
 * for that, and {@code sign} an HMAC-SM3 over all others by their names. Answers and callbacks come the same way, and
 * what is not signed by the partner is not believed.
 *
 * <p>The partner's clock is taken from its signed refusals, within an hour of the hub's; keys are read anew after a
 * refusal, so that a rotated one is a file to be replaced and not a restart.
 */
final class SignedWrapping implements Wrapping {

    private record Keys(String secret, Optional<String> payload) {
        Keys {
            payload.ifPresent(Sm4::new);
        }
    }

    private static final Codec PARAMETERS = Codecs.of(Json.object().put("kind", "json"));

    private static final Logger LOG = LoggerFactory.getLogger(SignedWrapping.class);
    private static final Duration FARTHEST = Duration.ofHours(1);
    private static final Duration SAME = Duration.ofSeconds(30);
    private static final String SIGN = "sign";
    private static final String DATA = "data";
    private static final String TIME = "timestamp";

    private final String partner;
    private final Signature names;
    private final Secrets secrets;
    private volatile Keys keys;
    private volatile Duration ahead = Duration.ZERO;

    SignedWrapping(String partner, Signature names, Secrets secrets) {
        this.partner = partner;
        this.names = names;
        this.secrets = secrets;
        this.keys = read();
    }

    private Keys read() {
        return new Keys(secrets.require(names.secret()), names.payloadKey().map(secrets::require));
    }

    @Override
    public byte[] wrap(byte[] body, UUID messageId) {
        Keys now = keys;
        ObjectNode parameters = Json.object()
                .put("appKey", names.appKey())
                .put(TIME, Long.toString(Instant.now().plus(ahead).toEpochMilli()))
                .put("nonce", UUID.randomUUID().toString())
                .put("requestId", messageId.toString())
                .put(
                        DATA,
                        now.payload()
                                .map(key -> new Sm4(key).encrypt(body))
                                .orElseGet(() -> new String(body, StandardCharsets.UTF_8)));
        return Json.bytes(parameters.put(SIGN, ParameterSignature.of(parameters, now.secret())));
    }

    @Override
    public byte[] unwrap(byte[] received) {
        ObjectNode parameters = (ObjectNode) PARAMETERS.decode(received);
        Keys known = keys;
        if (!signed(parameters, known)) {
            known = read();
            if (!signed(parameters, known)) {
                throw new Garbled("the signature is not the partner's");
            }
            keys = known;
        }
        parameters.remove(SIGN);
        if (parameters.has(DATA)) {
            parameters.set(DATA, data(parameters.path(DATA).asString(""), known));
        }
        return Json.bytes(parameters);
    }

    private static boolean signed(ObjectNode parameters, Keys keys) {
        byte[] given = parameters.path(SIGN).asString("").getBytes(StandardCharsets.UTF_8);
        String expected = ParameterSignature.of(parameters, keys.secret());
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given);
    }

    private static JsonNode data(String text, Keys keys) {
        return PARAMETERS.decode(keys.payload()
                .map(key -> new Sm4(key).decrypt(text))
                .orElseGet(() -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public boolean renew(byte[] refusal) {
        Keys before = keys;
        try {
            keys = read();
        } catch (IllegalStateException unusable) {
            LOG.warn("The keys for {} are not taken up: {}", partner, unusable.getMessage());
        }
        return !keys.equals(before) || clockMoved(refusal);
    }

    private boolean clockMoved(byte[] refusal) {
        try {
            String time = PARAMETERS.decode(unwrap(refusal)).path(TIME).asString("");
            Duration difference = Duration.between(Instant.now(), Instant.ofEpochMilli(Long.parseLong(time)));
            boolean moved = difference.minus(ahead).abs().compareTo(SAME) > 0;
            if (!moved || difference.abs().compareTo(FARTHEST) > 0) {
                return false;
            }
            LOG.warn("The clock of {} differs from the hub's by {} s", partner, difference.toSeconds());
            ahead = difference;
            return true;
        } catch (Garbled | NumberFormatException none) {
            return false;
        }
    }

    /** The signature over parameters in the order of their names. */
    private static final class ParameterSignature {

        static String of(ObjectNode parameters, String secret) {
            StringBuilder text = new StringBuilder();
            parameters
                    .propertyStream()
                    .filter(parameter -> !parameter.getKey().equals(SIGN))
                    .filter(parameter -> !parameter.getValue().asString("").isEmpty())
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(parameter -> text.append(text.isEmpty() ? "" : "&")
                            .append(parameter.getKey())
                            .append('=')
                            .append(parameter.getValue().asString()));
            return HexFormat.of().withUpperCase().formatHex(HmacSm3.of(text.toString(), secret));
        }
    }
}
