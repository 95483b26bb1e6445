package org.shuniu.exchange;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.VerifyingKey;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is on file about a region, as that region may see it: public keys and agreements, nothing secret. */
final class ProfileView {

    private ProfileView() {}

    static ObjectNode of(Caller caller, ExchangeProperties hub) {
        ObjectNode json = agreed(caller.profile());
        json.putObject("connection")
                .put("certificate", ExchangeProfile.fingerprint(caller.certificate()))
                .put("certificateEnds", CaseTimes.dateTime(end(caller.certificate())))
                .put("keyid", caller.signature().keyid());
        json.putObject("hub").put("party", hub.party()).put("base", hub.base());
        return json;
    }

    /** The profile alone, in the same words for as long as it is the same. */
    static ObjectNode agreed(ExchangeProfile profile) {
        ObjectNode json = Json.object();
        json.put("version", profile.version());
        json.put("party", profile.party());
        profile.base().ifPresent(base -> json.put("base", base.toString()));
        texts(json.putArray("certificates"), profile.fingerprints());
        ArrayNode keys = json.putArray("keys");
        new TreeMap<>(profile.keys()).values().forEach(key -> key(keys.addObject(), key));
        ArrayNode allowed = json.putArray("allow");
        profile.allowed().keySet().stream()
                .sorted()
                .forEach(type -> texts(
                        allowed.addObject().put("type", type).putArray("to"),
                        profile.allowed().get(type)));
        json.putObject("limits")
                .put("messageBytes", profile.limits().messageBytes())
                .put("attachmentBytes", profile.limits().attachmentBytes())
                .put("perMinute", profile.limits().perMinute());
        json.put("order", profile.order().name().toLowerCase(Locale.ROOT));
        json.put("windowSeconds", profile.window().toSeconds());
        texts(
                json.putArray("directions"),
                profile.directions().stream()
                        .map(direction -> direction.name().toLowerCase(Locale.ROOT))
                        .toList());
        json.put("contact", profile.contact());
        return json;
    }

    private static void key(ObjectNode json, ExchangeProfile.Key key) {
        VerifyingKey verifying = key.verifying();
        json.put("keyid", verifying.keyid());
        json.put("algorithm", verifying.algorithm().id());
        texts(
                json.putArray("purpose"),
                key.purposes().stream()
                        .map(purpose -> purpose.name().toLowerCase(Locale.ROOT))
                        .toList());
        json.put("notBefore", CaseTimes.dateTime(verifying.notBefore()));
        json.put("notAfter", CaseTimes.dateTime(verifying.notAfter()));
        key.removedAt().ifPresent(at -> json.put("removedAt", CaseTimes.dateTime(at)));
        json.put("publicKey", verifying.pem());
    }

    private static void texts(ArrayNode array, Collection<String> texts) {
        texts.stream().sorted().forEach(array::add);
    }

    private static Instant end(byte[] certificate) {
        try {
            return ((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(certificate)))
                    .getNotAfter()
                    .toInstant();
        } catch (CertificateException impossible) {
            throw new IllegalStateException("The certificate of the connection can't be read", impossible);
        }
    }
}
