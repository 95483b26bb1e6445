package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcGroupsTest {

    private static final List<OidcProperties.Group> TABLE = List.of(
            new OidcProperties.Group("watch", List.of("viewer"), List.of("all")),
            new OidcProperties.Group("steer-a", List.of("operator"), List.of("a")),
            new OidcProperties.Group("steer-b", List.of("operator"), List.of("b")),
            new OidcProperties.Group("watch-c", List.of("viewer", "auditor"), List.of("c")));

    private final OidcGroups groups = of("groups");

    @ParameterizedTest
    @CsvSource({
        "watch, VIEWER, all",
        "steer-a, OPERATOR, a",
        "steer-a steer-b, OPERATOR, a b",
        "steer-a unknown, OPERATOR, a",
        "watch steer-a, VIEWER OPERATOR, a",
        "watch steer-a steer-b, VIEWER OPERATOR, a b"
    })
    void giveRolesAndPartnersAndNeverMoreThanOneOfThemGives(String of, String roles, String partners) {
        ConsoleUser user = groups.user("wang", claims("wang", of));

        assertThat(user.name()).isEqualTo("oidc:wang");
        assertThat(user.roles()).extracting(Role::name).containsExactlyInAnyOrder(roles.split(" "));
        assertThat(user.partners()).isEqualTo(partners.equals("all") ? null : Set.of(partners.split(" ")));
    }

    @Test
    void saysWhichGroupIsMissing() {
        assertThatThrownBy(() -> groups.user("wang", claims("wang", "unknown")))
                .isInstanceOfSatisfying(OidcRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(OidcRefused.Reason.GROUP);
                    assertThat(refused.who()).isEqualTo("oidc:wang");
                    assertThat(refused.groups()).containsExactly("watch", "steer-a", "steer-b", "watch-c");
                });
        assertThatThrownBy(() -> groups.user("wang", Map.of("preferred_username", "wang")))
                .isInstanceOf(OidcRefused.class);
    }

    @Test
    void giveNothingWhereNoPartnerIsCommonToAll() {
        assertThatThrownBy(() -> groups.user("wang", claims("wang", "steer-a watch-c")))
                .isInstanceOfSatisfying(OidcRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(OidcRefused.Reason.PARTNER);
                    assertThat(refused.groups()).containsExactly("steer-a", "watch-c");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " wang", "wang li", "wang\nli", "<wang>", "oidc:wang", "@"})
    void takeNoNameThatTheAuditCannotHold(String name) {
        assertThatThrownBy(() -> groups.name(claims(name, "watch")))
                .isInstanceOfSatisfying(
                        OidcRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(OidcRefused.Reason.NAME));
    }

    @Test
    void readAClaimInsideAnother() {
        Map<String, Object> claims =
                Map.of("preferred_username", "王五", "realm_access", Map.of("roles", List.of("watch")));

        assertThat(of("realm_access.roles").user(groups.name(claims), claims).name())
                .isEqualTo("oidc:王五");
        assertThat(of("groups").given(Map.of("groups", "watch"))).hasSize(1);
    }

    private static OidcGroups of(String claim) {
        return new OidcGroups(new OidcProperties(
                true,
                "",
                "",
                "",
                List.of("openid"),
                "preferred_username",
                claim,
                new OidcProperties.Button("", ""),
                TABLE,
                Duration.ofSeconds(1)));
    }

    private static Map<String, Object> claims(String name, String groups) {
        return Map.of("preferred_username", name, "groups", Arrays.asList(groups.split(" ")));
    }
}
