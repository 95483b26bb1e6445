package org.shuniu.exchange;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.audit.AuditLog;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.evidence.Evidence;
import org.shuniu.evidence.KeyRegister;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.reconciliation.Count;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Opens the port of the exchange, where only registered regions get in. */
@Configuration(proxyBeanMethods = false)
class ExchangeConfiguration {

    private static final int MOST_HEADERS = 60;
    private static final int LARGEST_HEADERS = 16 * 1024;
    private static final int MOST_CONNECTIONS = 2_000;
    /** Within a request, and between two of a connection. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    private static final Duration LONGEST_REST = Duration.ofSeconds(60);

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
                AuditLog audit,
                KeyRegister keyRegister) {
            return new ExchangeProfiles(partners, routes, environment::resolveRequiredPlaceholders, audit, keyRegister);
        }

        /** The hub's own key is kept before anything is signed with it. */
        @Bean
        KeyRegister keyRegister(Pools pools, Evidence evidence, SigningKey exchangeKey, Clock clock) {
            KeyRegister register = new KeyRegister(pools.settlement(), evidence.control(), clock);
            register.keepOwn(List.of(exchangeKey));
            return register;
        }

        @Bean
        SigningKey exchangeKey(ExchangeProperties settings) {
            SignatureAlgorithm algorithm =
                    SignatureAlgorithm.find(settings.algorithm()).orElseThrow();
            return SigningKey.of(settings.keyid(), algorithm, read(settings.signingKey()));
        }

        @Bean
        ReceiptSigner receiptSigner(SigningKey exchangeKey, ExchangeProperties settings) {
            return new ReceiptSigner(exchangeKey, settings.party());
        }

        @Bean
        OutgoingMessages outgoingMessages(
                ExchangeProperties settings,
                ExchangeProfiles profiles,
                PartnerDirectory partners,
                SigningKey exchangeKey,
                Pools pools,
                Vault vault,
                SentAttachments attachments,
                Clock clock) {
            SentMessages sent = new SentMessages(pools.settlement(), vault, settings.party(), clock);
            return new OutgoingMessages(settings, profiles, partners, exchangeKey, sent, attachments, clock);
        }

        @Bean
        DeliverySteps deliverySteps(
                Pools pools, ReceiptSigner signer, PartnerDirectory partners, Vault vault, Clock clock) {
            return new DeliverySteps(pools.settlement().sql(), signer, partners, vault, clock);
        }

        @Bean
        ReturnedMessages returnedMessages(
                Pools pools, Vault vault, ReceivedAnswers answers, Evidence evidence, Clock clock) {
            return new ReturnedMessages(pools.settlement(), vault, answers, evidence.control(), clock);
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
        EvidencePackage evidencePackage(Pools pools, KeyRegister keyRegister, Vault vault) {
            return new EvidencePackage(pools.console().sql(), keyRegister, vault);
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
                SigningKey exchangeKey,
                Manifests manifests,
                ManifestLists lists,
                ReceiptSigner signer,
                ExchangeProfiles profiles,
                Clock clock) {
            RegionCalls calls = new RegionCalls(profiles::of, exchangeKey, clock, outgoing.tls());
            ManifestDifferences differences =
                    new ManifestDifferences(pools.settlement().sql());
            return new ManifestCount(
                    new RegionManifest(calls),
                    new Countersigning(calls, manifests, lists, differences, signer, profiles),
                    differences,
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
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> exchangePort(ExchangeProperties settings) {
            return server -> server.addAdditionalConnectors(connector(settings));
        }
    }

    private static Connector connector(ExchangeProperties settings) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(settings.port());
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.setProperty("address", settings.address());
        AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        protocol.setMaxHttpRequestHeaderSize(LARGEST_HEADERS);
        protocol.setMaxHeaderCount(MOST_HEADERS);
        protocol.setMaxConnections(MOST_CONNECTIONS);
        protocol.setMaxSwallowSize(0);
        protocol.setConnectionTimeout((int) LONGEST_SILENCE.toMillis());
        protocol.setKeepAliveTimeout((int) LONGEST_REST.toMillis());
        // Who asks before he sends a body hears a refusal instead.
        protocol.setContinueResponseTiming("onRead");
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("+TLSv1.2+TLSv1.3");
        tls.setCertificateVerification("required");
        tls.setTrustStore(authorities(settings.clientAuthorities()));
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(settings.certificate().toAbsolutePath().toString());
        certificate.setCertificateKeyFile(
                settings.certificateKey().toAbsolutePath().toString());
        tls.addCertificate(certificate);
        protocol.addSslHostConfig(tls);
        return connector;
    }

    private static KeyStore authorities(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
            return store;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException(
                    "shuniu.exchange.client-authorities: %s holds no certificates".formatted(pem), unreadable);
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
