package org.shuniu.channel;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.shuniu.partner.Partner;
import org.shuniu.partner.Partner.Authentication.Signature;
import org.shuniu.partner.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a channel makes of a message before it leaves, and what of that the receiver can read with its keys. */
public final class OnTheWire {

    private static final String KEY = "0123456789abcdeffedcba9876543210";

    private OnTheWire() {}

    /** As the partner's channel sends it, with keys that only tests have. */
    public static byte[] sent(Partner partner, byte[] body) {
        return wrapping(partner).wrap(body, new UUID(0, 1));
    }

    /** What was encrypted on the way, as its receiver reads it; empty where nothing was. */
    public static byte[] decrypted(Partner partner, byte[] sent) {
        if (partner.authentication() instanceof Signature signature
                && signature.payloadKey().isPresent()) {
            JsonNode parameters = JsonMapper.shared().readTree(sent);
            return new Sm4(KEY).decrypt(parameters.path("data").asString());
        }
        return new byte[0];
    }

    private static Wrapping wrapping(Partner partner) {
        if (!(partner.authentication() instanceof Signature signature)) {
            return new Wrapping.None();
        }
        return new SignedWrapping(
                partner.id(),
                signature,
                Secrets.of(
                        Path.of("no-secrets"),
                        Map.of(
                                variable(signature.secret()),
                                "the-secret",
                                variable(signature.payloadKey().orElse("none")),
                                KEY)));
    }

    private static String variable(String secret) {
        return "SHUNIU_SECRET_" + secret.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
