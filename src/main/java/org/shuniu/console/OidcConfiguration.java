package org.shuniu.console;

import java.time.Clock;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Login by OpenID Connect, where it is on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "shuniu.console.oidc.enabled", havingValue = "true")
class OidcConfiguration {

    @Bean
    OidcDoor oidcDoor(
            OidcProperties settings,
            PartnerDirectory partners,
            Secrets secrets,
            AuditLog audit,
            Sessions sessions,
            Clock clock) {
        String secret = secrets.find(OidcProperties.SECRET).orElse("");
        settings.require(id -> partners.find(id).isPresent(), !secret.isBlank());
        ProviderCalls calls = new ProviderCalls(settings.deadline());
        return new OidcDoor(settings, new OidcProvider(settings, secret, calls, clock), calls, audit, sessions);
    }
}
