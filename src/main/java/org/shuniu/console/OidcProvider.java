package org.shuniu.console;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.shuniu.gateway.ArrivingPlaces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.RestTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The provider of identities. What it says of itself is asked for when it is first needed: the hub starts without it. */
final class OidcProvider implements ClientRegistrationRepository {

    /** What the provider is called in addresses of the hub. */
    static final String ID = "oidc";

    /** Where the provider sends people back to. */
    static final String CALLBACK = "/login/" + ID;

    /** What a provider says of itself and can be believed. */
    private record Known(
            ClientRegistration registration,
            JwtDecoder decoder,
            @Nullable URI logout) {}

    /** Why it could not be asked, and when. */
    record Trouble(String what, Instant since) {}

    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ABOUT = "/.well-known/openid-configuration";

    /** Not asked again for so long: whoever keeps clicking does not keep the hub calling. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** People who come back from the provider, each with a thread while it is called; whoever begins has none of these places. */
    private static final int AT_A_TIME = 16;

    /** Of these for one address: anybody can begin logins and come back with nothing. */
    private static final int OF_AN_ADDRESS = 4;

    /** Who wait for the provider to say for the first time what it is; all for the same call. */
    private static final int WAITING = 4;

    /** In letters; more does not go into the header of an answer with all else. */
    private static final int LONGEST_HINT = 4_000;

    private static final int LONGEST_WORDS = 200;

    private final OidcProperties settings;
    private final String secret;
    private final Clock clock;
    private final RestTemplate documents;
    private final ArrivingPlaces places = new ArrivingPlaces(AT_A_TIME, OF_AN_ADDRESS);
    private final Semaphore waiting = new Semaphore(WAITING);
    private volatile @Nullable Known known;
    private volatile @Nullable Trouble trouble;

    OidcProvider(OidcProperties settings, String secret, ProviderCalls calls, Clock clock) {
        this.settings = settings;
        this.secret = secret;
        this.clock = clock;
        this.documents = calls.documents();
    }

    /** For whoever begins a login. */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!ID.equals(id)) {
            return null;
        }
        Known now = known;
        if (now != null) {
            return now.registration();
        }
        if (!waiting.tryAcquire()) {
            throw busy();
        }
        try {
            return registration();
        } finally {
            waiting.release();
        }
    }

    /** For whoever has a place already, or is none of the people outside. */
    ClientRegistration registration() {
        return known().registration();
    }

    JwtDecoder decoder() {
        return known().decoder();
    }

    Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Said on the login page until it works again; in the log once for the same. */
    OidcRefused troubled(String what) {
        Trouble before = trouble;
        trouble = new Trouble(what, clock.instant());
        if (before == null || !before.what().equals(what)) {
            LOG.warn(
                    "The provider of OpenID Connect at {} cannot be used: {}. Local users can log in; it is asked again at the next login",
                    settings.issuer(),
                    what);
        }
        return new OidcRefused(OidcRefused.Reason.AWAY, what);
    }

    void works() {
        trouble = null;
    }

    /**
     * Calls the provider for somebody who came back from it.
     *
     * @param from the address, which has its share of all calls
     * @throws OidcRefused while others wait for the provider already
     */
    <T> T ask(String from, Supplier<T> call) {
        if (!places.tryAcquire(from)) {
            throw busy();
        }
        try {
            return call.get();
        } finally {
            places.release(from);
        }
    }

    private static OidcRefused busy() {
        return new OidcRefused(OidcRefused.Reason.AWAY, "too many logins wait for the provider");
    }

    /** Where a browser ends its session at the provider too; none where the provider names no such place. */
    Optional<String> logout(String idToken, String back) {
        Known now = known;
        if (now == null || now.logout() == null) {
            return Optional.empty();
        }
        String hint = idToken.length() > LONGEST_HINT ? "" : "&id_token_hint=" + encoded(idToken);
        return Optional.of("%s%sclient_id=%s&post_logout_redirect_uri=%s%s"
                .formatted(
                        now.logout(),
                        now.logout().getRawQuery() == null ? "?" : "&",
                        encoded(settings.clientId()),
                        encoded(back),
                        hint));
    }

    /** Of the place where sessions end, for a form that leads there. */
    Optional<String> logoutOrigin() {
        Known now = known;
        return Optional.ofNullable(now == null ? null : now.logout())
                .map(place -> "%s://%s".formatted(place.getScheme(), place.getRawAuthority()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Known known() {
        Known now = known;
        return now == null ? discovered() : now;
    }

    private synchronized Known discovered() {
        Known now = known;
        if (now != null) {
            return now;
        }
        Trouble before = trouble;
        if (before != null && clock.instant().isBefore(before.since().plus(REST))) {
            throw new OidcRefused(OidcRefused.Reason.AWAY, before.what());
        }
        try {
            byte[] about =
                    documents.getForObject(URI.create(settings.issuer().replaceFirst("/$", "") + ABOUT), byte[].class);
            now = believed(JSON.readTree(Objects.requireNonNullElse(about, new byte[0])));
        } catch (RestClientException | JacksonException | IllegalArgumentException failure) {
            throw troubled(words(failure));
        }
        known = now;
        works();
        LOG.info("People can log in by OpenID Connect at {}", settings.issuer());
        return now;
    }

    private Known believed(JsonNode about) {
        String named = about.path("issuer").asString("");
        if (!named.equals(settings.issuer())) {
            throw new IllegalArgumentException("it calls itself \"%s\"; expected what shuniu.console.oidc.issuer says"
                    .formatted(named.length() > LONGEST_WORDS ? named.substring(0, LONGEST_WORDS) : named));
        }
        String keys = endpoint(about, "jwks_uri").toString();
        ClientRegistration registration = ClientRegistration.withRegistrationId(ID)
                .clientId(settings.clientId())
                .clientSecret(secret)
                .clientAuthenticationMethod(method(about.path("token_endpoint_auth_methods_supported")))
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(settings.baseUrl().replaceFirst("/$", "") + CALLBACK)
                .scope(settings.scopes())
                .authorizationUri(endpoint(about, "authorization_endpoint").toString())
                .tokenUri(endpoint(about, "token_endpoint").toString())
                .jwkSetUri(keys)
                .issuerUri(settings.issuer())
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .build();
        URI logout = about.path("end_session_endpoint").isString() ? endpoint(about, "end_session_endpoint") : null;
        return new Known(registration, decoder(registration, keys), logout);
    }

    private JwtDecoder decoder(ClientRegistration registration, String keys) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys)
                .restOperations(documents)
                .jwsAlgorithms(good -> good.addAll(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256)))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    /** As the standard has it: the header, unless the provider names other ways only. */
    private static ClientAuthenticationMethod method(JsonNode named) {
        Set<String> all = Set.copyOf(
                named.valueStream().map(JsonNode::asString).distinct().toList());
        return all.contains("client_secret_post") && !all.contains("client_secret_basic")
                ? ClientAuthenticationMethod.CLIENT_SECRET_POST
                : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
    }

    /** A provider that is asked over TLS leads nobody off it. */
    private URI endpoint(JsonNode about, String name) {
        URI address = URI.create(about.path(name).asString(""));
        boolean plain = "http".equals(address.getScheme()) && settings.issuer().startsWith("http:");
        if (address.getHost() == null || !plain && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException("its %s is missing or no https address".formatted(name));
        }
        return address;
    }

    private static String words(RuntimeException failure) {
        if (failure instanceof RestClientResponseException answer) {
            return "it answers HTTP %d".formatted(answer.getStatusCode().value());
        }
        if (failure instanceof RestClientException) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            return "it does not answer (%s)".formatted(cause.getClass().getSimpleName());
        }
        return failure instanceof IllegalArgumentException
                ? String.valueOf(failure.getMessage())
                : "what it says of itself is no JSON";
    }
}
