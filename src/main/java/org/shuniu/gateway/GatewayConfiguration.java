package org.shuniu.gateway;

import org.shuniu.catalogue.Catalogue;
import org.shuniu.controlbus.WaitingReader;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the gateway's controllers read from. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    @Bean
    CaseReader caseReader(Pools pools, Catalogue catalogue, Vault vault, WaitingReader waiting) {
        return new CaseReader(pools, catalogue, vault, waiting);
    }
}
