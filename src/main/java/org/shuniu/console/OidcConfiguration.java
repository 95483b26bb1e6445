package org.shuniu.console;

import java.time.Clock;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Pools;
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
            OidcSubjects subjects,
            Pools pools,
            SealedCookie.Jar jar,
            Clock clock) {
        String secret = secrets.find(OidcProperties.SECRET).orElse("");
        settings.require(id -> partners.find(id).isPresent(), !secret.isBlank());
        ProviderCalls calls = new ProviderCalls(settings.deadline());
        OidcProvider provider = new OidcProvider(settings, secret, calls, clock);
        LoginUnderWay underWay = new LoginUnderWay(provider, jar, pools.settlement());
        return new OidcDoor(settings, provider, calls, underWay, subjects, audit, sessions, jar);
    }
}
