package org.shuniu;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.ConnectionFactory;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.shuniu.access.AccessTokens;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.audit.AuditLog;
import org.shuniu.batch.Batches;
import org.shuniu.batch.ReceivedFiles;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.channel.RegionMessages;
import org.shuniu.conformance.ConformanceCheck;
import org.shuniu.conformance.ConformanceProperties;
import org.shuniu.conformance.HeldDepartments;
import org.shuniu.controlbus.DeliveryMetrics;
import org.shuniu.delivery.BatchSender;
import org.shuniu.delivery.ChannelCall;
import org.shuniu.delivery.DeadLetters;
import org.shuniu.delivery.DeliveryComponent;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.delivery.DeliveryProperties;
import org.shuniu.delivery.FileIntake;
import org.shuniu.delivery.OwnMessages;
import org.shuniu.delivery.QueueIntake;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.delivery.ResultEnquiry;
import org.shuniu.delivery.RowIntake;
import org.shuniu.delivery.SettlementRecorder;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentReader;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.enrichment.Enrichments;
import org.shuniu.enrichment.PaperInstead;
import org.shuniu.evidence.Evidence;
import org.shuniu.followup.FollowUps;
import org.shuniu.gateway.GatewayComponent;
import org.shuniu.intake.ApplicationRouting;
import org.shuniu.intake.CaseNumbers;
import org.shuniu.intake.Covers;
import org.shuniu.intake.Intake;
import org.shuniu.intake.IntakeProperties;
import org.shuniu.intake.RecipientList;
import org.shuniu.intake.Resends;
import org.shuniu.intake.SubmissionCheck;
import org.shuniu.joint.JointCases;
import org.shuniu.mapping.DriftCheck;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.MinimisationCheck;
import org.shuniu.notice.Notices;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventFollower;
import org.shuniu.store.EventLog;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.shuniu.translator.BatchFormatCheck;
import org.shuniu.translator.Translating;
import org.shuniu.translator.Translators;
import org.shuniu.translator.UnknownOutcomeCheck;
import org.shuniu.translator.WireTap;
import org.shuniu.vault.Vault;
import org.shuniu.versions.PastVersions;
import org.shuniu.versions.Translations;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;

/** Puts the hub together: what it reads, what it decides and what its routes call. */
@Configuration(proxyBeanMethods = false)
public class HubConfiguration {

    /** Stands at what routes call by a step {@code bean}. */
    @Retention(RetentionPolicy.RUNTIME)
    private @interface CalledByRoutes {}

    /** What routes may call, by the names that they call it by. */
    public static Map<String, Class<?>> beans() {
        return Arrays.stream(HubConfiguration.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(CalledByRoutes.class))
                .collect(Collectors.toMap(
                        method -> Arrays.stream(method.getAnnotation(Bean.class).value())
                                .findFirst()
                                .orElse(method.getName()),
                        Method::getReturnType));
    }

    @Bean
    static BrokerClient brokerClient(Environment environment) {
        return new BrokerClient(environment.getProperty("shuniu.delivery.alone", Boolean.class, false));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Catalogue catalogue(HubProperties hub) {
        return Catalogue.load(hub.mappingsDir());
    }

    @Bean
    Mappings mappings(HubProperties hub, Catalogue catalogue) {
        Mappings mappings = Mappings.load(hub.mappingsDir());
        DriftCheck.check(catalogue, mappings);
        MinimisationCheck.check(catalogue, mappings);
        return mappings;
    }

    /** The database comes first: the addresses of embedded front-end databases are known only once it runs. */
    @Bean
    @DependsOn("databaseAddress")
    PartnerDirectory partners(HubProperties hub, Environment environment) {
        return PartnerDirectory.load(hub.routesDir(), environment::resolveRequiredPlaceholders);
    }

    @Bean
    AccessTokens accessTokens(PartnerDirectory partners, Secrets secrets) {
        return new AccessTokens(partners, secrets);
    }

    @Bean
    ChannelAdapters.Gathering gathering(
            Pools pools, Vault vault, Catalogue catalogue, Clock clock, DeliveryProperties settings) {
        Batches batches = new Batches(pools.settlement(), vault);
        return new ChannelAdapters.Gathering(batches, catalogue.calendar(), clock, settings.keepHours());
    }

    @Bean
    ChannelAdapters channelAdapters(
            PartnerDirectory partners,
            Secrets secrets,
            ChannelAdapters.Gathering gathering,
            ObjectProvider<RegionMessages> regions) {
        return new ChannelAdapters(partners, secrets, gathering, regions.getIfAvailable());
    }

    @Bean("gateway")
    GatewayComponent gateway() {
        return new GatewayComponent();
    }

    @Bean
    Resends resends(Pools pools) {
        return new Resends(new MessageStore(pools.intake().sql()));
    }

    @Bean
    DocumentSchemas documentSchemas(HubProperties hub) {
        return DocumentSchemas.load(hub.mappingsDir());
    }

    @Bean
    DocumentChecks documentChecks(Catalogue catalogue, Clock clock) {
        return new DocumentChecks(catalogue, clock);
    }

    @CalledByRoutes
    @Bean
    SubmissionCheck submissionCheck(
            DocumentSchemas schemas,
            DocumentChecks checks,
            AttachmentStore attachments,
            PartnerDirectory partners,
            Resends resends,
            Clock clock) {
        return new SubmissionCheck(new DocumentReader(), schemas, checks, attachments, partners, resends, clock);
    }

    @CalledByRoutes
    @Bean
    RecipientList recipientList(
            Catalogue catalogue, PartnerDirectory partners, Pools pools, Vault vault, Resends resends) {
        CaseNumbers numbers =
                new CaseNumbers(() -> pools.intake().sql().queryForObject("select nextval('case_serial')", Long.class));
        ApplicationRouting routing = new ApplicationRouting(catalogue, partners);
        JointCases joint = new JointCases(pools.intake().sql(), catalogue);
        return new RecipientList(routing, numbers, new CaseFiles(pools.intake().sql()), joint, vault, resends);
    }

    @Bean
    DeliveryMetrics deliveryMetrics(MeterRegistry registry, PartnerDirectory partners) {
        return new DeliveryMetrics(
                registry, partners.all().stream().map(Partner::id).toList());
    }

    @Bean
    DeliveryEngine deliveryEngine(
            Pools pools,
            Evidence evidence,
            PartnerDirectory partners,
            DeliveryProperties settings,
            Vault vault,
            ConnectionFactory broker,
            Clock clock,
            Catalogue catalogue,
            Notices notices,
            Enrichments enrichments,
            DeliveryMetrics metrics,
            ObjectProvider<EventFollower> follower) {
        TimeLimits limits = new TimeLimits(pools.settlement().sql(), catalogue, clock);
        EventLog settled = limits.following(evidence.settlement());
        EventLog followed = follower.getIfAvailable(() -> log -> log).following(settled);
        return new DeliveryEngine(
                pools.settlement(),
                followed,
                evidence.control(),
                partners,
                settings,
                vault,
                broker,
                clock,
                catalogue.calendar(),
                notices,
                new FollowUps(pools.settlement().sql(), catalogue, partners, vault),
                enrichments,
                new JointCases(pools.settlement().sql(), catalogue),
                metrics::count);
    }

    /** For the settlements; the intake has one on its own connections. */
    @Bean
    Enrichments enrichments(Pools pools, Catalogue catalogue, PartnerDirectory partners, Vault vault) {
        return new Enrichments(pools.settlement().sql(), catalogue, partners, vault);
    }

    @Bean
    PaperInstead paperInstead(
            Pools pools, Evidence evidence, Enrichments enrichments, Notices notices, DeliveryEngine engine) {
        return new PaperInstead(pools.settlement(), evidence.control(), enrichments, notices, engine::wake);
    }

    /** For the intake; the settlements have one on their own connections. */
    @Bean
    FollowUps followUps(Pools pools, Catalogue catalogue, PartnerDirectory partners, Vault vault) {
        return new FollowUps(pools.intake().sql(), catalogue, partners, vault);
    }

    @CalledByRoutes
    @Bean
    Intake intake(
            Pools pools,
            Evidence evidence,
            DeliveryProperties delivery,
            IntakeProperties limits,
            DeliveryEngine engine,
            DeliveryMetrics metrics,
            FollowUps followUps,
            PartnerDirectory partners,
            Vault vault,
            Covers covers,
            Catalogue catalogue,
            Clock clock,
            @Qualifier("acceptedSteps") ObjectProvider<EventFollower> follower) {
        MessageStore store =
                new MessageStore(pools.intake().sql(), delivery.sendLease().toSeconds(), engine::room);
        TimeLimits timeLimits = new TimeLimits(pools.intake().sql(), catalogue, clock);
        return new Intake(
                pools.intake(),
                store,
                follower.getIfAvailable(() -> log -> log).following(timeLimits.following(evidence.intake())),
                limits,
                followUps,
                new Enrichments(pools.intake().sql(), catalogue, partners, vault),
                covers,
                new JointCases(pools.intake().sql(), catalogue),
                engine::dispatch,
                metrics::accepted);
    }

    @Bean("delivery")
    DeliveryComponent delivery(DeliveryEngine engine, PartnerDirectory partners, Vault vault) {
        return new DeliveryComponent(engine, partners, vault);
    }

    @CalledByRoutes
    @Bean
    DeadLetters deadLetters(Pools pools, Vault vault) {
        return new DeadLetters(pools.settlement(), vault);
    }

    @CalledByRoutes
    @Bean
    ChannelCall channelCall(PartnerDirectory partners) {
        return new ChannelCall(partners);
    }

    @Bean
    ReceivedAnswers receivedAnswers(
            Pools pools,
            Evidence evidence,
            Vault vault,
            GatewayComponent gateway,
            DeliveryEngine engine,
            OwnMessages own) {
        ReceivedAnswers received = new ReceivedAnswers(
                pools.settlement(),
                evidence.control(),
                vault,
                own,
                answer -> gateway.hand(answer.partner() + "/result", answer, Object.class),
                () -> gateway.getCamelContext().isStarted());
        engine.sweeps(received);
        return received;
    }

    @CalledByRoutes
    @Bean("settlement")
    SettlementRecorder settlementRecorder(DeliveryEngine engine, ReceivedAnswers received) {
        return new SettlementRecorder(engine, received);
    }

    @CalledByRoutes
    @Bean("enquiry")
    ResultEnquiry resultEnquiry(
            Pools pools,
            Evidence evidence,
            PartnerDirectory partners,
            Vault vault,
            DeliveryEngine engine,
            ChannelCall channel) {
        return new ResultEnquiry(pools.settlement(), evidence.control(), partners, vault, engine, channel);
    }

    @CalledByRoutes
    @Bean("frontDatabase")
    RowIntake rowIntake(
            ChannelAdapters adapters,
            PartnerDirectory partners,
            ReceivedAnswers received,
            Pools pools,
            DeliveryProperties delivery) {
        return new RowIntake(adapters, partners, received, pools.settlement().sql(), delivery.alone());
    }

    @CalledByRoutes
    @Bean("batches")
    BatchSender batchSender(
            Pools pools,
            Evidence evidence,
            ChannelAdapters adapters,
            ChannelAdapters.Gathering gathering,
            PartnerDirectory partners,
            DeliveryEngine engine) {
        return new BatchSender(pools.settlement(), evidence.control(), adapters, gathering, partners, engine);
    }

    @CalledByRoutes
    @Bean("remoteFiles")
    FileIntake fileIntake(
            ChannelAdapters adapters,
            PartnerDirectory partners,
            Pools pools,
            Vault vault,
            ReceivedAnswers received,
            DeliveryProperties delivery,
            Clock clock) {
        ReceivedFiles files = new ReceivedFiles(pools.settlement().sql(), vault);
        return new FileIntake(adapters, partners, files, received, clock, pools.settlement(), delivery.alone());
    }

    @CalledByRoutes
    @Bean("replyQueue")
    QueueIntake queueIntake(ChannelAdapters adapters, ReceivedAnswers received) {
        adapters.keepReports((from, key, report) -> received.keep(from, "report", key, "application/json", report));
        return new QueueIntake(adapters, received);
    }

    @Bean
    @DependsOnDatabaseInitialization
    PastVersions pastVersions(Pools pools, HubProperties hub, Mappings mappings, Catalogue catalogue) {
        PastVersions past = new PastVersions(pools.settlement(), hub.mappingsDir(), mappings, catalogue);
        past.keep();
        return past;
    }

    @Bean
    Translations translations(Pools pools, Evidence evidence, Clock clock) {
        return new Translations(pools.settlement(), evidence.control(), clock);
    }

    /** Before anything is sent: no route runs without translators. */
    @Bean
    @DependsOnDatabaseInitialization
    HeldDepartments heldDepartments(
            Pools pools,
            AuditLog audit,
            PartnerDirectory partners,
            HubProperties hub,
            ConformanceProperties conformance) {
        HeldDepartments held = new HeldDepartments(pools.settlement(), audit);
        held.goesBy(ConformanceCheck.standing(hub.mappingsDir(), partners, conformance.required()));
        held.hold();
        return held;
    }

    @Bean
    Translators translators(
            Mappings mappings,
            PartnerDirectory partners,
            Catalogue catalogue,
            ReceivedAnswers received,
            ChannelAdapters adapters,
            DocumentSchemas schemas,
            Translations translations,
            PastVersions past,
            HeldDepartments held,
            ObjectProvider<WireTap> tap) {
        UnknownOutcomeCheck.check(partners, mappings);
        BatchFormatCheck.check(partners, mappings);
        return new Translators(
                new Translating(
                        mappings.asNow(), catalogue.asNow(), partners.asNow(), schemas.asNow(), adapters.asNow()),
                received,
                translations,
                past,
                tap.getIfAvailable(() -> WireTap.NONE));
    }

    @Bean
    CamelContextConfiguration camel(Translators translators) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                translators.register(context);
            }

            @Override
            public void afterApplicationStart(CamelContext context) {}
        };
    }
}
