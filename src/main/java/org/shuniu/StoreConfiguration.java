package org.shuniu;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.shuniu.attachment.AbandonedUploads;
import org.shuniu.attachment.AttachmentProperties;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.audit.AuditLog;
import org.shuniu.delivery.DeliveryProperties;
import org.shuniu.evidence.Evidence;
import org.shuniu.evidence.EvidenceProperties;
import org.shuniu.evidence.SealKey;
import org.shuniu.partner.Secrets;
import org.shuniu.retention.Retention;
import org.shuniu.retention.RetentionProperties;
import org.shuniu.rotation.KeyFollower;
import org.shuniu.rotation.KeyRotation;
import org.shuniu.rotation.Resealing;
import org.shuniu.rotation.VaultProperties;
import org.shuniu.store.DatabaseAddress;
import org.shuniu.store.DurableCommits;
import org.shuniu.store.Pools;
import org.shuniu.store.TextOrder;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Everything that keeps: database, vault, attachments, evidence, audit log. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(StoreConfiguration.class);

    /** Of Flyway's tries, a second apart. */
    private static final int FOR_EVER = -1;

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

    /** Nothing is accepted into a database that may lose it. */
    @Bean
    @Profile("production")
    SmartInitializingSingleton durableCommits(Pools pools) {
        return () -> {
            List<String> faults = DurableCommits.faults(pools.settlement().sql());
            if (!faults.isEmpty()) {
                throw new ProductionSettings.Refused(faults);
            }
        };
    }

    @Bean
    @Profile("production")
    SmartInitializingSingleton textOrder(Pools pools) {
        return () -> TextOrder.ofALibrary(pools.settlement().sql())
                .ifPresent(locale -> LOG.warn(
                        "The database sorts text by {}, a library of the operating system whose next version may sort otherwise; expected"
                                + " the locale C: reindex the database whenever that library changes, or bring it into a new one",
                        locale));
    }

    /**
     * Schema changes take what time they take: to make an index of all cases may last longer than any socket time-out, and
     * another process that starts meanwhile waits for it. The drivers' properties come first, because the data source is made of them.
     */
    @Bean
    FlywayConfigurationCustomizer patientMigrations(DatabaseAddress address) {
        return settings -> settings.jdbcProperties(Map.of("tcpKeepAlive", "true", "connectTimeout", "5"))
                .dataSource(address.url(), address.username(), address.password())
                .lockRetryCount(FOR_EVER);
    }

    /** What asks for no pool by name, such as the framework's health check, goes through the settlement pool. */
    @Bean(destroyMethod = "")
    DataSource dataSource(Pools pools) {
        return pools.main();
    }

    /** The schema comes first: it says which keys stored values need. */
    @Bean
    @DependsOnDatabaseInitialization
    KeyRotation keyRotation(Secrets secrets, Pools pools, AuditLog audit, VaultProperties settings, Clock clock) {
        return KeyRotation.start(secrets, pools.settlement(), audit, settings.currentKey(), clock);
    }

    @Bean
    KeyFollower keyFollower(KeyRotation rotation) {
        return new KeyFollower(rotation);
    }

    @Bean
    Vault vault(KeyRotation rotation) {
        return rotation.vault();
    }

    @Bean
    Resealing resealing(
            Pools pools, KeyRotation rotation, AttachmentStore attachments, AuditLog audit, VaultProperties settings) {
        return new Resealing(pools.settlement(), rotation, attachments, audit, settings);
    }

    @Bean
    Retention retention(Pools pools, KeyRotation rotation, AuditLog audit, RetentionProperties settings, Clock clock) {
        return new Retention(pools.settlement(), rotation, audit, settings, clock);
    }

    @Bean
    AttachmentStore attachmentStore(Pools pools, HubProperties hub, Vault vault, AttachmentProperties limits) {
        return new AttachmentStore(pools.intake().sql(), hub.dataDir().resolve("attachments"), vault, limits);
    }

    @Bean
    AbandonedUploads abandonedUploads(AttachmentStore attachments, DeliveryProperties delivery) {
        return new AbandonedUploads(attachments, delivery.alone());
    }

    @Bean
    @DependsOnDatabaseInitialization
    Evidence evidence(Pools pools, EvidenceProperties settings, DeliveryProperties delivery, Secrets secrets) {
        return Evidence.open(
                pools, settings, SealKey.of(secrets.require(SealKey.SECRET)), Clock.systemUTC(), delivery.alone());
    }

    @Bean
    AuditLog auditLog(Pools pools, Evidence evidence) {
        return new AuditLog(pools.settlement().sql(), pools.settlement().transaction(), evidence::act);
    }
}
