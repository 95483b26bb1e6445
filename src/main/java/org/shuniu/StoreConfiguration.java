package org.shuniu;

import java.util.HexFormat;
import java.util.Map;
import javax.sql.DataSource;
import org.shuniu.attachment.AttachmentProperties;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.Secrets;
import org.shuniu.store.DatabaseAddress;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything that keeps: database, vault, attachments, audit log. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    @ConditionalOnProperty(name = "shuniu.database.embedded", havingValue = "false")
    Secrets secrets(HubProperties hub) {
        return Secrets.of(hub.secretsDir(), System.getenv());
    }

    @Bean
    @ConditionalOnProperty(name = "shuniu.database.embedded", havingValue = "false")
    DatabaseAddress databaseAddress(HubProperties hub, Secrets secrets) {
        String password =
                secrets.find("database-password").orElse(hub.database().password());
        return new DatabaseAddress(hub.database().url(), hub.database().username(), password);
    }

    @Bean
    Pools pools(DatabaseAddress address, HubProperties hub) {
        HubProperties.Database sizes = hub.database();
        return Pools.open(
                address.url(),
                address.username(),
                address.password(),
                sizes.intakeConnections(),
                sizes.settlementConnections(),
                sizes.consoleConnections());
    }

    /** Schema changes and the framework's health check go through the settlement pool. */
    @Bean(destroyMethod = "")
    DataSource dataSource(Pools pools) {
        return pools.main();
    }

    @Bean
    Vault vault(Secrets secrets) {
        HexFormat hex = HexFormat.of();
        return Vault.of(
                Map.of(1, hex.parseHex(secrets.require("master-key"))), 1, hex.parseHex(secrets.require("index-key")));
    }

    @Bean
    AttachmentStore attachmentStore(Pools pools, HubProperties hub, Vault vault, AttachmentProperties limits) {
        return new AttachmentStore(pools.intake().sql(), hub.dataDir().resolve("attachments"), vault, limits);
    }

    @Bean
    AuditLog auditLog(Pools pools) {
        return new AuditLog(pools.settlement().sql(), pools.settlement().transaction());
    }
}
