package org.shuniu.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;

/** Who may call the hub: bearer tokens, of which the hub knows only the SHA-256. */
public final class AccessTokens {

    /** What a token allows. */
    public enum Role {
        /** Hand in documents and read one's own cases. */
        SENDER,
        /** Deliver results by callback. */
        CALLBACK,
        /** Watch and steer the hub. */
        OPERATOR,
        /** Change what the hub goes by, its routes, mappings, tables and partners, and try it before. */
        ENGINEER,
        /** Read the figures, as Prometheus does. */
        FIGURES
    }

    /** Whom a token stands for. */
    public record Bearer(String name, Role role) {}

    private static final Pattern PERSON =
            Pattern.compile("((operator|engineer|administrator)(?:-[a-z0-9-]+)?)-token-sha256");
    private static final String STEERS = "operator";

    /** Who reads the figures. */
    private static final String FIGURES = "metrics";

    private final Secrets secrets;
    private volatile Map<String, Bearer> byDigest;

    /**
     * Reads the digests {@code <partner>-token-sha256}, {@code <partner>-callback-token-sha256},
     * {@code operator-token-sha256}, {@code operator-<name>-token-sha256}, the same of {@code engineer} and {@code administrator}, and
     * {@code metrics-token-sha256}.
     *
     * @throws IllegalStateException when two of them are the same: nobody could tell who called
     */
    public AccessTokens(PartnerDirectory partners, Secrets secrets) {
        this.secrets = secrets;
        this.byDigest = read(partners, secrets);
    }

    /**
     * The tokens that there are now, with those of other partners, as something that is taken up later.
     *
     * @throws IllegalStateException when two of them are the same
     */
    public Runnable next(PartnerDirectory partners) {
        Map<String, Bearer> next = read(partners, secrets);
        return () -> byDigest = next;
    }

    private static Map<String, Bearer> read(PartnerDirectory partners, Secrets secrets) {
        Map<String, Bearer> tokens = new HashMap<>();
        for (Partner partner : partners.all()) {
            register(tokens, secrets, partner.id() + "-token-sha256", new Bearer(partner.id(), Role.SENDER));
            register(tokens, secrets, partner.id() + "-callback-token-sha256", new Bearer(partner.id(), Role.CALLBACK));
        }
        register(tokens, secrets, FIGURES + "-token-sha256", new Bearer(FIGURES, Role.FIGURES));
        secrets.names().stream()
                .map(PERSON::matcher)
                .filter(Matcher::matches)
                .forEach(name ->
                        register(tokens, secrets, name.group(), new Bearer(name.group(1), role(name.group(2)))));
        return tokens;
    }

    private static Role role(String word) {
        return word.equals(STEERS) ? Role.OPERATOR : Role.ENGINEER;
    }

    private static void register(Map<String, Bearer> tokens, Secrets secrets, String name, Bearer bearer) {
        secrets.find(name).ifPresent(digest -> {
            Bearer other = tokens.put(digest.strip().toLowerCase(Locale.ROOT), bearer);
            if (other != null) {
                throw new IllegalStateException(
                        "The secret %s is the same token as that of %s; expected a token for each"
                                .formatted(name, other.name()));
            }
        });
    }

    Optional<Bearer> find(String token) {
        return Optional.ofNullable(byDigest.get(digest(token)));
    }

    /** Whether a token stands for this name. */
    public boolean knows(String name) {
        return byDigest.values().stream().anyMatch(bearer -> bearer.name().equals(name));
    }

    /** The form in which a token is kept. */
    public static String digest(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
