package org.shuniu.exchange;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.crossing.CrossingSteps;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.evidence.Evidence;
import org.shuniu.evidence.KeyRegister;
import org.shuniu.joint.JointCases;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.reconciliation.Count;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;
import org.shuniu.store.EventFollower;
import org.shuniu.store.Pools;
import org.shuniu.timestamp.TimeStampProperties;
import org.shuniu.vault.Vault;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Opens the port of the exchange, where only registered regions get in. */
@Configuration(proxyBeanMethods = false)
class ExchangeConfiguration {

    @Bean
    ExchangeStore exchangeStore(Pools pools, Vault vault) {
        return new ExchangeStore(pools.intake().sql(), vault);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "shuniu.exchange.enabled", havingValue = "true")
    static class Open {

        @Bean
        ExchangeProfiles exchangeProfiles(
                PartnerDirectory partners,
                @Value("${shuniu.routes-dir}") Path routes,
                Environment environment,
                Pools pools,
                AuditLog audit,
                KeyRegister keyRegister,
                Clock clock) {
            ProfileHistory history = new ProfileHistory(pools.settlement(), audit, clock);
            KeysInForce keys = new KeysInForce(keyRegister);
            ExchangeProfiles profiles = new ExchangeProfiles(
                    partners,
                    routes,
                    environment::resolveRequiredPlaceholders,
                    inForce -> {
                        keys.keep(inForce);
                        history.keep(inForce);
                    },
                    (action, target, detail) -> audit.record("hub", action, target, detail));
            // Before any message is taken in by one of them.
            profiles.record();
            return profiles;
        }

        /** Whose changed files are not in force, and why; the hub itself is well. */
        @Bean
        HealthIndicator exchangeProfilesHealthIndicator(ExchangeProfiles profiles) {
            return () -> Health.up()
                    .withDetail("refused", profiles.refused())
                    .withDetail("afterNextStart", profiles.waiting())
                    .build();
        }

        /** The hub's own keys are kept before anything is signed by them. */
        @Bean
        KeyRegister keyRegister(Pools pools, Evidence evidence, SigningKeys signingKeys, Clock clock) {
            KeyRegister register = new KeyRegister(pools.settlement(), evidence.control(), clock);
            register.keepOwn(signingKeys.all());
            return register;
        }

        @Bean
        ExchangePort exchangePort(ExchangeProperties settings) {
            return new ExchangePort(settings.address(), settings.port());
        }

        /** What the port shows. */
        @Bean
        TlsRenewal portCertificate(
                ExchangeProperties settings, ExchangePort exchangePort, ObjectProvider<AuditLog> audit) {
            TlsFiles files =
                    new TlsFiles(settings.certificate(), settings.certificateKey(), settings.clientAuthorities());
            return new TlsRenewal("port", files, exchangePort::show, told(audit));
        }

        @Bean
        ShownCertificate shownCertificate(ExchangeProperties settings, ObjectProvider<AuditLog> audit) {
            TlsFiles files = new TlsFiles(
                    settings.clientCertificate(), settings.clientCertificateKey(), settings.serverAuthorities());
            return new ShownCertificate(files, told(audit));
        }

        /** The port is made ready before there is a database. */
        private static Told told(ObjectProvider<AuditLog> audit) {
            return (action, target, detail) -> audit.getObject().record("hub", action, target, detail);
        }

        @Bean
        SigningKey exchangeKey(ExchangeProperties settings) {
            return key(settings.keyid(), settings.algorithm(), settings.signingKey());
        }

        @Bean
        SigningKeys signingKeys(SigningKey exchangeKey, ExchangeProperties settings) {
            ExchangeProperties.Next next = settings.next();
            return next == null
                    ? SigningKeys.always(exchangeKey)
                    : SigningKeys.changing(
                            exchangeKey, key(next.keyid(), next.algorithm(), next.signingKey()), next.begins());
        }

        private static SigningKey key(String keyid, String algorithm, Path pem) {
            return SigningKey.of(keyid, SignatureAlgorithm.find(algorithm).orElseThrow(), read(pem));
        }

        @Bean
        @DependsOnDatabaseInitialization
        KeysOnRecord keysOnRecord(SigningKeys signingKeys, Pools pools, Clock clock) {
            return new KeysOnRecord(signingKeys, pools.settlement().sql(), clock);
        }

        @Bean
        ReceiptSigner receiptSigner(SigningKeys signingKeys, ExchangeProperties settings) {
            return new ReceiptSigner(signingKeys, settings.party());
        }

        @Bean
        ExchangeUpkeep exchangeUpkeep(
                ExchangeProfiles profiles,
                TlsRenewal portCertificate,
                ShownCertificate shown,
                KeysOnRecord keys,
                KeyRegister keyRegister,
                SigningKeys signingKeys) {
            return new ExchangeUpkeep(List.of(
                    new ExchangeUpkeep.Look(profiles::lookAgain, 10),
                    // What a look found counts soon after it.
                    new ExchangeUpkeep.Look(profiles::record, 1),
                    new ExchangeUpkeep.Look(portCertificate::look, 10),
                    new ExchangeUpkeep.Look(shown::look, 10),
                    new ExchangeUpkeep.Look(keys::use, 10),
                    new ExchangeUpkeep.Look(() -> keyRegister.keepOwn(signingKeys.all()), 600)));
        }

        @Bean
        OutgoingMessages outgoingMessages(
                ExchangeProperties settings,
                ExchangeProfiles profiles,
                PartnerDirectory partners,
                SigningKeys signingKeys,
                ShownCertificate shownCertificate,
                Pools pools,
                Vault vault,
                SentAttachments attachments,
                Clock clock) {
            SentMessages sent = new SentMessages(pools.settlement(), vault, settings.party(), clock);
            return new OutgoingMessages(shownCertificate, profiles, partners, signingKeys, sent, attachments, clock);
        }

        @Bean
        @Primary
        EventFollower settledSteps(
                Pools pools, ReceiptSigner signer, PartnerDirectory partners, Vault vault, Clock clock) {
            DeliverySteps signed = new DeliverySteps(pools.settlement().sql(), signer, partners, vault, clock);
            CrossingSteps shared = new CrossingSteps(pools.settlement().sql(), partners, vault, clock);
            return log -> shared.following(signed.following(log));
        }

        /** In the accepting transactions; no message has gone anywhere yet. */
        @Bean
        EventFollower acceptedSteps(Pools pools, PartnerDirectory partners, Vault vault, Clock clock) {
            return new CrossingSteps(pools.intake().sql(), partners, vault, clock);
        }

        @Bean
        ReturnedMessages returnedMessages(
                Pools pools,
                Vault vault,
                ReceivedAnswers answers,
                DocumentSchemas schemas,
                Catalogue catalogue,
                Evidence evidence,
                Clock clock) {
            JointCases joint = new JointCases(pools.settlement().sql(), catalogue);
            return new ReturnedMessages(pools.settlement(), vault, answers, schemas, joint, evidence.control(), clock);
        }

        @Bean
        RegionCodes regionCodes(Catalogue catalogue, Clock clock) {
            return new RegionCodes(catalogue, clock);
        }

        @Bean
        Inbox inbox(Pools pools, Vault vault) {
            return new Inbox(pools.settlement(), vault);
        }

        @Bean
        InboxPolls inboxPolls(Inbox inbox, Clock clock) {
            return new InboxPolls(inbox, clock);
        }

        @Bean
        SentAttachments sentAttachments(Pools pools, AttachmentStore store) {
            return new SentAttachments(pools.settlement().sql(), store);
        }

        @Bean
        AttachmentAnswers attachmentAnswers(ReceiptSigner signer, Clock clock) {
            return new AttachmentAnswers(signer, clock);
        }

        @Bean
        ExchangeRecord exchangeRecord(Pools pools) {
            return new ExchangeRecord(pools.console().sql());
        }

        @Bean
        EvidencePackage evidencePackage(
                Pools pools,
                KeyRegister keyRegister,
                Vault vault,
                TimeStamps timeStamps,
                TimeStampProperties stamping) {
            return new EvidencePackage(pools.console().sql(), keyRegister, vault, timeStamps, stamping::pem);
        }

        @Bean
        ManifestLists manifestLists(Pools pools) {
            return new ManifestLists(pools.console());
        }

        @Bean
        Manifests manifests(Pools pools, ManifestLists lists, Evidence evidence, ReceiptSigner signer, Clock clock) {
            return new Manifests(pools.settlement(), lists, evidence.control(), signer, clock);
        }

        /** How regions are counted. */
        @Bean
        Count manifestCount(
                Pools pools,
                OutgoingMessages outgoing,
                SigningKeys signingKeys,
                Manifests manifests,
                ManifestLists lists,
                ReceiptSigner signer,
                ExchangeProfiles profiles,
                Clock clock) {
            RegionCalls calls = new RegionCalls(profiles::of, signingKeys, clock, outgoing::tls);
            ManifestDifferences differences =
                    new ManifestDifferences(pools.settlement().sql());
            return new ManifestCount(
                    calls,
                    new Countersigning(calls, manifests, lists, differences, signer, profiles, clock),
                    differences,
                    new StateDifferences(pools.settlement().sql()),
                    clock);
        }

        /** Behind the entries' own filters and before any body is waited for. */
        @Bean
        FilterRegistrationBean<ExchangeDoor> exchangeDoor(
                ExchangeProperties settings, ExchangeProfiles profiles, Clock clock) {
            FilterRegistrationBean<ExchangeDoor> door =
                    new FilterRegistrationBean<>(new ExchangeDoor(settings, profiles, clock));
            door.setDispatcherTypes(DispatcherType.REQUEST);
            door.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
            return door;
        }

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> openExchange(
                ExchangePort exchangePort, TlsRenewal portCertificate) {
            return server -> server.addAdditionalConnectors(exchangePort.connector());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("shuniu.exchange: %s cannot be read".formatted(file), unreadable);
        }
    }
}
