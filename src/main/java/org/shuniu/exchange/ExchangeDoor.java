package org.shuniu.exchange;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shuniu.gateway.ArrivingPlaces;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.MessageVerifier;
import org.shuniu.signature.SignatureRefused;
import org.shuniu.signature.SignedMessage;

/** Lets in whom certificate and signature show to be a region, before a byte of the body is read; and nobody past its port. */
final class ExchangeDoor extends HttpFilter {

    static final String ROOT = "/partner/v1";

    private static final String ECHO = ROOT + "/echo";
    private static final long serialVersionUID = 1L;
    private static final Set<String> WITH_BODY =
            Set.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key");
    private static final Set<String> WITHOUT_BODY = Set.of("@method", "@target-uri");
    /** What has a body beside messages is a part of an attachment, or all of it. */
    private static final Map<String, Set<String>> COVERED = Map.of(
            "POST", WITH_BODY,
            "PUT", Set.of("@method", "@target-uri", "content-digest"),
            "PATCH", Set.of("@method", "@target-uri", "content-digest", "upload-offset", "upload-length"));

    /** Of the port's 200 threads: one region keeps the others from none, and who only reads finds some at any time. */
    private static final int SENDING = 160;

    private static final int SENDING_OF_ONE = 80;

    private static final String CERTIFICATE = "jakarta.servlet.request.X509Certificate";

    private final transient ExchangeProperties settings;
    private final transient ExchangeProfiles profiles;
    private final transient Clock clock;
    private final transient Nonces nonces = new Nonces();
    private final transient Quota quota = new Quota();
    private final transient ArrivingPlaces places = new ArrivingPlaces(SENDING, SENDING_OF_ONE);

    ExchangeDoor(ExchangeProperties settings, ExchangeProfiles profiles, Clock clock) {
        this.settings = settings;
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // As it is written and as it is read: an address in escapes leads to the same entries.
        boolean ours = request.getRequestURI().startsWith(ROOT + "/")
                || String.valueOf(request.getServletPath()).startsWith(ROOT + "/");
        boolean here = request.getLocalPort() == settings.port();
        if (!ours && !here) {
            chain.doFilter(request, response);
            return;
        }
        Caller caller;
        try {
            if (ours != here) {
                throw SubmissionRefused.of("not-found", 404, "There is nothing at this address");
            }
            caller = caller(request);
        } catch (SignatureRefused refusal) {
            boolean shown = settings.sandbox() && request.getRequestURI().equals(ECHO);
            ExchangeAnswers.write(response, ExchangeAnswers.problem(refusal), shown ? refusal.base() : null);
            return;
        } catch (SubmissionRefused refusal) {
            ExchangeAnswers.write(response, refusal.problem());
            return;
        }
        request.setAttribute(Caller.ATTRIBUTE, caller);
        if (request.getMethod().equals("POST")) {
            send(caller.partner(), request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** A body is waited for by a thread. */
    private void send(String partner, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!places.tryAcquire(partner)) {
            ExchangeAnswers.write(
                    response, Problem.of("overloaded", 503, "Too many of your requests are under way; try again"));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release(partner);
        }
    }

    private Caller caller(HttpServletRequest request) {
        byte[] certificate = certificate(request);
        ExchangeProfiles.Region region = profiles.byCertificate(ExchangeProfile.fingerprint(certificate))
                .orElseThrow(
                        () -> SubmissionRefused.of("key-unknown", 401, "The client certificate is not registered"));
        ExchangeProfile profile = region.profile();
        if (!quota.take(region.partner(), profile.limits().perMinute(), clock.instant())) {
            throw SubmissionRefused.of("quota", 429, "More requests than agreed in this minute");
        }
        Map<String, List<String>> fields = RawHeaders.of(request);
        if (request.getMethod().equals("POST") && !fields.containsKey("idempotency-key")) {
            throw SubmissionRefused.of("missing-key", 400, "The header Idempotency-Key is missing");
        }
        MessageVerifier verifier =
                new MessageVerifier(keyid -> profile.key(keyid, ExchangeProfile.Purpose.MESSAGE), profile.window());
        MessageVerifier.Verified verified = verifier.verify(
                SignedMessage.request(request.getMethod(), target(request), fields),
                COVERED.getOrDefault(request.getMethod(), WITHOUT_BODY),
                clock.instant());
        if (!request.getMethod().equals("POST")) {
            requireNonce(region, verified);
        }
        return new Caller(region.partner(), profile, verified, certificate);
    }

    private void requireNonce(ExchangeProfiles.Region region, MessageVerifier.Verified verified) {
        if (verified.nonce() == null || verified.nonce().length() > 64) {
            throw SubmissionRefused.of(
                    "signature-invalid", 401, "Signature-Input must say a nonce of at most 64 characters");
        }
        if (!nonces.use(
                region.partner(),
                verified.nonce(),
                clock.instant(),
                region.profile().window())) {
            throw SubmissionRefused.of("signature-stale", 401, "The nonce was used before");
        }
    }

    /** The public address; what the connection believes to be its host does not count. */
    private URI target(HttpServletRequest request) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        try {
            return URI.create(settings.base() + request.getRequestURI().substring(ROOT.length()) + query);
        } catch (IllegalArgumentException malformed) {
            throw SubmissionRefused.of("bad-envelope", 400, "The address is malformed");
        }
    }

    /** The handshake asked for its validity once; a connection, or a session that is resumed, may outlive that. */
    private byte[] certificate(HttpServletRequest request) {
        if (request.getAttribute(CERTIFICATE) instanceof X509Certificate[] chain && chain.length > 0) {
            if (clock.instant().isAfter(chain[0].getNotAfter().toInstant())) {
                throw SubmissionRefused.of("key-unknown", 401, "The client certificate is over");
            }
            try {
                return chain[0].getEncoded();
            } catch (CertificateEncodingException unreadable) {
                throw SubmissionRefused.of("key-unknown", 401, "The client certificate cannot be read");
            }
        }
        throw SubmissionRefused.of("key-unknown", 401, "A client certificate is required");
    }
}
