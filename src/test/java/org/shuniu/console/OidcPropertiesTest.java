package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.ProductionStart;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class OidcPropertiesTest {

    private static final String PREFIX = "shuniu.console.oidc.";
    private static final Map<String, String> GOOD = Map.of(
            "issuer", "https://login.example/city",
            "base-url", "https://hub.example",
            "client-id", "console",
            "groups[0].group", "watch",
            "groups[0].roles", "viewer, auditor",
            "groups[0].partners", "a, b");

    @Test
    void areGoodAsDocumented() {
        OidcProperties good = bound(GOOD);

        assertThat(good.faults(List.of("a", "b")::contains, true)).isEmpty();
        assertThat(good.enabled()).isFalse();
        assertThat(good.scopes()).containsExactly("openid", "profile");
        assertThat(good.groups().get(0).roles()).containsExactly("viewer", "auditor");
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, login.example, 'issuer: \"login.example\"; expected an address'",
        "issuer, https://login.example?a=b, expected an address",
        "base-url, '', 'base-url: \"\"; expected an address'",
        "client-id, ' ', client-id: missing",
        "name-claim, '', name-claim: missing",
        "scopes, profile, 'scopes: [profile]; expected openid'",
        "deadline, 0s, expected longer than nothing",
        "groups[0].group, '', 'groups[0].group: \"\"; expected a name'",
        "groups[0].roles, king, 'groups[0].roles: \"king\"; expected of viewer, operator'",
        "groups[0].partners, nobody, 'groups[0].partners: \"nobody\"; expected ids of partners'",
        "groups[0].partners, 'all, a', 'groups[0].partners: \"all\"; expected ids of partners'",
        "groups[0].partners, '', 'groups[0].partners: empty; expected ids'",
        "groups[0].roles, '', 'groups[0].roles: empty'"
    })
    void nameWhatIsWrongItsValueAndWhatIsExpected(String setting, String value, String fault) {
        Map<String, String> settings = new LinkedHashMap<>(GOOD);
        settings.put(setting, value);

        assertThat(bound(settings).faults(List.of("a", "b")::contains, true))
                .singleElement()
                .asString()
                .contains(fault);
    }

    @Test
    void nameEverythingAtOnceAndWhoseFaultItIs() {
        assertThatThrownBy(() -> bound(Map.of()).require(id -> true, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("5 of the hub's own settings")
                .hasMessageContaining("secret console-oidc-client-secret: missing")
                .hasMessageContaining("groups: empty");
    }

    @Test
    void refuseAGroupThatStandsTwice() {
        Map<String, String> settings = new LinkedHashMap<>(GOOD);
        settings.put("groups[1].group", "watch");
        settings.put("groups[1].roles", "operator");
        settings.put("groups[1].partners", "all");

        assertThat(bound(settings).faults(id -> true, true))
                .singleElement()
                .asString()
                .contains("groups[1].group");
    }

    @Test
    void areOverTlsInProduction() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.setActiveProfiles("production");
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                PREFIX + "enabled", "true",
                                PREFIX + "issuer", "http://login.example",
                                PREFIX + "base-url", "https://hub.example")));

        assertThat(ProductionStart.faults(environment))
                .contains(
                        PREFIX + "issuer: \"http://login.example\"; expected https in production",
                        "secret console-oidc-client-secret: missing; expected as a file of shuniu.secrets-dir or as an environment variable")
                .noneMatch(fault -> fault.startsWith(PREFIX + "base-url"));
    }

    private static OidcProperties bound(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        settings.forEach((name, value) -> all.put(PREFIX + name, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate(PREFIX.substring(0, PREFIX.length() - 1), OidcProperties.class);
    }
}
