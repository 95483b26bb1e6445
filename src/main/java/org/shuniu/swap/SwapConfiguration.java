package org.shuniu.swap;

import jakarta.jms.ConnectionFactory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.jms.JmsComponent;
import org.shuniu.HubConfiguration;
import org.shuniu.HubProperties;
import org.shuniu.access.AccessTokens;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.conformance.ConformanceProperties;
import org.shuniu.conformance.HeldDepartments;
import org.shuniu.controlbus.DeliveryMetrics;
import org.shuniu.delivery.DeliveryComponent;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.delivery.DeliveryProperties;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.gateway.GatewayComponent;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.translator.Translators;
import org.shuniu.vault.Vault;
import org.shuniu.versions.PastVersions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires what takes up changed files while the hub runs. */
@Configuration(proxyBeanMethods = false)
class SwapConfiguration {

    private static final String FOLDER = "configuration";

    /** For a shared route that begins anew; while it does so, whoever comes from a gateway waits there and not here. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    SwapStore swapStore(Pools pools, AuditLog audit) {
        return new SwapStore(pools.settlement(), audit);
    }

    /** In place of Camel's own, by its name. */
    @Bean("direct")
    DirectComponent uncachedDirect() {
        return new UncachedDirectComponent(PATIENCE);
    }

    /** Everything in the hub that goes by what stands in files. */
    @Bean
    RunningConfiguration.Parts runningParts(
            Catalogue catalogue,
            Mappings mappings,
            PartnerDirectory partners,
            DocumentSchemas schemas,
            ChannelAdapters channels,
            AccessTokens tokens,
            Translators translators,
            PastVersions past,
            DeliveryMetrics metrics,
            DeliveryEngine engine) {
        return new RunningConfiguration.Parts(
                catalogue, mappings, partners, schemas, channels, tokens, translators, past, metrics, engine);
    }

    /** What routes are built with where none of them is to run. */
    @Bean
    DryRun dryRun(
            ApplicationContext beans,
            Environment environment,
            DeliveryEngine engine,
            ConnectionFactory broker,
            Vault vault,
            Translators translators) {
        Map<String, Object> called = HubConfiguration.beans().keySet().stream()
                .collect(Collectors.toMap(Function.identity(), beans::getBean));
        Function<PartnerDirectory, Component> delivery = partners -> new DeliveryComponent(engine, partners, vault);
        return new DryRun(new DryRun.Parts(
                called,
                delivery,
                GatewayComponent::new,
                () -> jms(broker),
                translators::register,
                environment::getProperty));
    }

    private static Component jms(ConnectionFactory broker) {
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(broker);
        return jms;
    }

    @Bean
    Examination examination(
            HubProperties hub,
            Environment environment,
            DryRun dryRun,
            ObjectProvider<SecretsAtHand> secrets,
            ConformanceProperties conformance,
            SwapStore store,
            Clock clock) {
        return new Examination(
                new Examination.Places(
                        hub.routesDir(), hub.mappingsDir(), hub.dataDir().resolve(FOLDER)),
                environment::resolveRequiredPlaceholders,
                HubConfiguration.beans(),
                conformance.required(),
                dryRun,
                secrets.getIfAvailable(() -> routes -> {}),
                store::open,
                clock);
    }

    @Bean
    Swaps swaps(
            SwapStore store,
            Examination examination,
            RunningConfiguration.Parts parts,
            CamelContext camel,
            GatewayComponent gateway,
            HeldDepartments held,
            HubProperties hub,
            DeliveryProperties delivery) {
        ConfigurationFiles files = examination.written();
        ConfigurationFiles.clear(examination.places().versions());
        Path folder = examination.place(files);
        // What people do in their folders from here on concerns nobody who reads an old version.
        parts.past().follow(Loaded.mappings(folder));
        RunningConfiguration running = new RunningConfiguration(
                parts,
                new RouteExchange(camel, gateway),
                store::open,
                RunningConfiguration.asStarted(parts, files, folder));
        return new Swaps(store, examination, running, held, place(hub.dataDir()), delivery.alone());
    }

    /** Its host and folder of data: another process that runs here after this one is called the same. */
    private static String place(Path data) {
        String process = ManagementFactory.getRuntimeMXBean().getName();
        return "%s:%s"
                .formatted(
                        process.substring(process.indexOf('@') + 1),
                        data.toAbsolutePath().normalize());
    }
}
