package org.shuniu.gateway;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.controlbus.WaitingReader;
import org.shuniu.intake.IntakeProperties;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.shuniu.vault.Vault;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wires what the gateway's controllers read from. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    /** After the entries' own filters: whoever has no token is answered before a byte of the body is waited for. */
    @Bean
    FilterRegistrationBean<WholeBody> wholeBodies(IntakeProperties limits) {
        FilterRegistrationBean<WholeBody> registration =
                new FilterRegistrationBean<>(new WholeBody(limits.bodyDeadline(), limits.bodiesArriving()));
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    /** At every port. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> unreadBodies() {
        return server -> server.addEngineValves(new UnreadBody());
    }

    @Bean
    CentreReader centreReader(Pools pools, Catalogue catalogue) {
        return new CentreReader(pools, new StatusNames(catalogue));
    }

    @Bean
    CaseReader caseReader(
            Pools pools,
            Catalogue catalogue,
            PartnerDirectory partners,
            Vault vault,
            WaitingReader waiting,
            Clock clock) {
        TimeLimits limits = new TimeLimits(pools.console().sql(), catalogue, clock);
        return new CaseReader(pools, catalogue, partners, vault, waiting, limits);
    }
}
