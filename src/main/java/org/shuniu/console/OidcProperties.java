package org.shuniu.console;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Login by OpenID Connect; each property is commented in {@code application.yaml}.
 *
 * @param baseUrl where people's browsers reach the console
 * @param nameClaim of the id token, with dots between the names of objects in objects
 * @param deadline of each call of the provider, with its answer
 */
@ConfigurationProperties("shuniu.console.oidc")
record OidcProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("") String issuer,
        @DefaultValue("") String baseUrl,
        @DefaultValue("") String clientId,
        @DefaultValue({"openid", "profile"}) List<String> scopes,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue Button button,
        @DefaultValue List<Group> groups,
        @DefaultValue("5s") Duration deadline) {

    /** The file of the secrets directory that holds what the provider knows the hub by. */
    static final String SECRET = "console-oidc-client-secret";

    /** In a group's list of partners, where no limit is meant. */
    static final String ALL = "all";

    private static final String PREFIX = "shuniu.console.oidc.";

    /** What stands on the button of the login page. */
    record Button(
            @DefaultValue("统一身份认证登录") String zh,
            @DefaultValue("Log in by single sign-on") String en) {}

    /**
     * What people of one of the provider's groups are here.
     *
     * @param partners whose flows they see; the one word {@code all} for no limit
     */
    record Group(
            @DefaultValue("") String group,
            @DefaultValue List<String> roles,
            @DefaultValue List<String> partners) {}

    /** @throws IllegalStateException naming everything that is wrong at once */
    void require(Predicate<String> isPartner, boolean hasSecret) {
        List<String> faults = faults(isPartner, hasSecret);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "Login by OpenID Connect is on and %d of the hub's own settings for it (application.yaml, environment, secrets) are wrong%n  %s"
                            .formatted(faults.size(), String.join(System.lineSeparator() + "  ", faults)));
        }
    }

    List<String> faults(Predicate<String> isPartner, boolean hasSecret) {
        List<String> faults = new ArrayList<>();
        requireAddress("issuer", issuer, faults);
        requireAddress("base-url", baseUrl, faults);
        requireText("client-id", clientId, faults);
        requireText("name-claim", nameClaim, faults);
        requireText("groups-claim", groupsClaim, faults);
        requireText("button.zh", button.zh(), faults);
        requireText("button.en", button.en(), faults);
        if (!scopes.contains("openid")) {
            faults.add(PREFIX + "scopes: %s; expected openid among them".formatted(scopes));
        }
        if (deadline.isNegative() || deadline.isZero()) {
            faults.add(PREFIX + "deadline: %s; expected longer than nothing".formatted(deadline));
        }
        if (!hasSecret) {
            faults.add("secret %s: missing; expected as a file of shuniu.secrets-dir or as an environment variable"
                    .formatted(SECRET));
        }
        requireGroups(isPartner, faults);
        return faults;
    }

    private void requireGroups(Predicate<String> isPartner, List<String> faults) {
        if (groups.isEmpty()) {
            faults.add(PREFIX + "groups: empty; expected a group at least, or nobody gets in");
        }
        Set<String> before = new HashSet<>();
        for (int i = 0; i < groups.size(); i++) {
            Group given = groups.get(i);
            String where = PREFIX + "groups[%d].".formatted(i);
            if (given.group().isBlank() || !before.add(given.group())) {
                faults.add(where
                        + "group: \"%s\"; expected a name of a group that stands here once".formatted(given.group()));
            }
            if (given.roles().isEmpty()) {
                faults.add(where + "roles: empty; expected of " + words());
            }
            given.roles().stream()
                    .filter(role -> Role.of(role).isEmpty())
                    .forEach(role -> faults.add(where + "roles: \"%s\"; expected of %s".formatted(role, words())));
            requirePartners(where, given.partners(), isPartner, faults);
        }
    }

    private static void requirePartners(
            String where, List<String> partners, Predicate<String> isPartner, List<String> faults) {
        if (partners.isEmpty()) {
            faults.add(where + "partners: empty; expected ids of partners, or the word " + ALL);
        }
        partners.stream()
                .filter(id -> id.equals(ALL) ? partners.size() > 1 : !isPartner.test(id))
                .forEach(id -> faults.add(where
                        + "partners: \"%s\"; expected ids of partners (folders of shuniu.routes-dir), or the word %s alone"
                                .formatted(id, ALL)));
    }

    private static String words() {
        return Stream.of(Role.values()).map(Role::word).collect(Collectors.joining(", "));
    }

    private static void requireText(String name, String value, List<String> faults) {
        if (value.isBlank()) {
            faults.add(PREFIX + name + ": missing");
        }
    }

    private static void requireAddress(String name, String value, List<String> faults) {
        if (!isAddress(value)) {
            faults.add(PREFIX
                    + name
                    + ": \"%s\"; expected an address such as https://login.example.org/city, without query"
                            .formatted(value));
        }
    }

    private static boolean isAddress(String value) {
        try {
            URI address = new URI(value);
            return Set.of("https", "http").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
